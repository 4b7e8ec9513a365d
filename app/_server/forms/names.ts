/** The name of a field in its form, which is also its path in issues. */
export function nameOf(prefix: string, { name }: { name: string }): string {
  return name ? `${prefix}.${name}` : prefix
}
