/**
 * The lengths of time that roll-ups exist for, in seconds, and how long each is kept, in days. Hours
 * stay about as long as the jobs they count.
 */
export const spans = [
  { seconds: 60, keptDays: 2 },
  { seconds: 900, keptDays: 9 },
  { seconds: 3_600, keptDays: 400 },
] as const

export type Span = (typeof spans)[number]['seconds']

/** Where the spans of `seconds` begin that contain these SQL moments. */
export function startOf(seconds: number, moment: string): string {
  return `date_bin('${seconds} seconds', ${moment}, TIMESTAMPTZ 'epoch')`
}
