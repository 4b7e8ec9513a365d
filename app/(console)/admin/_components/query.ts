export type SearchParams = Record<string, string | string[] | undefined>

/** The parameters of an address that say something once. */
export function valuesOf(params: SearchParams): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() ? [[name, value.trim()]] : [],
    ),
  )
}

/** An address with these parameters; what is empty is left out. */
export function hrefOf(path: string, values: Record<string, string | undefined>): string {
  const set = Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return set.length > 0 ? `${path}?${new URLSearchParams(set)}` : path
}
