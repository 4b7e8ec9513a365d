/** How the record of a job that was taken out of its queue says who did it. */
export function removedBy(name: string): string {
  return ` by ${name}.`
}
