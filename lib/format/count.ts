const number = new Intl.NumberFormat('en-US')

/** A number with separators: `1,284`. */
export function formatCount(count: number): string {
  return number.format(count)
}

/** A number that was counted up to a limit: `1,000+` where it is above. */
export function formatUpTo(count: number, limit: number): string {
  return count > limit ? `${number.format(limit)}+` : number.format(count)
}

/** A number with its noun: `1 job`, `1,284 jobs`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`
}
