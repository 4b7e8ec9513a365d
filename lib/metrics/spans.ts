/**
 * The lengths of time that figures are kept for, in seconds, and how long each is kept, in days. Hours
 * stay about as long as the jobs they count.
 */
export const spans = [
  { seconds: 60, keptDays: 2 },
  { seconds: 900, keptDays: 9 },
  { seconds: 3_600, keptDays: 400 },
] as const

/** The span of all figures since the installation was made: counters are made of it. */
export const EVER = 0

export type Span = (typeof spans)[number]['seconds']

/** Where the spans of `seconds` begin that contain these SQL moments. */
export function startOf(seconds: Span | typeof EVER, moment: string): string {
  if (seconds === EVER) return `TIMESTAMPTZ 'epoch'`
  return `date_bin('${seconds} seconds', ${moment}, TIMESTAMPTZ 'epoch')`
}
