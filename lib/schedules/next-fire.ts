import { instantOf, offsetAt } from '@/lib/time/zone'
import { type CronPattern, parseCron } from './cron'

const DAY = 24 * 3_600_000

/**
 * The first moment after `after` at which a pattern fires; null when it never does.
 *
 * A pattern that names every hour means an interval and follows the clock as it runs: what it shows
 * twice fires twice, what it skips does not fire. Any other pattern names times of day, and each
 * fires once a day: at its first occurrence, or, when the clock skips it, as much later as the clock
 * was put forward. Neither cron-parser nor croner does so in every zone, so cron-parser searches the
 * calendar only, and the time zone is applied here.
 * @throws {CronError} for a pattern that is none
 */
export function nextFire(cron: string, timezone: string, after: Date): Date | null {
  return firstAfter(parseCron(cron), timezone, after.getTime())
}

/** The next `count` moments after `after`; fewer when the pattern ends. */
export function nextFires(cron: string, timezone: string, after: Date, count: number): Date[] {
  const pattern = parseCron(cron)
  const fires: Date[] = []
  let last: Date | null = after
  while (last && fires.length < count) {
    last = firstAfter(pattern, timezone, last.getTime())
    if (last) fires.push(last)
  }
  return fires
}

/** Around a clock change, times on the clock and real time come in different orders: every candidate is compared. */
function firstAfter(pattern: CronPattern, timezone: string, after: number): Date | null {
  const wall = after + offsetAt(timezone, after)
  let first: number | undefined
  let lookUpTo = 0
  for (const shown of pattern.wallsAfter(wall - changeAround(timezone, wall))) {
    if (first !== undefined && shown > lookUpTo) break
    for (const at of momentsOf(pattern, timezone, shown)) {
      if (at > after && (first === undefined || at < first)) first = at
    }
    if (first !== undefined && lookUpTo === 0) lookUpTo = shown + changeAround(timezone, shown)
  }
  return first === undefined ? null : new Date(first)
}

/** The moments at which the pattern fires when the clock shows a time. */
function momentsOf({ everyHour }: CronPattern, timezone: string, wall: number): number[] {
  if (!everyHour) return [instantOf(timezone, wall)]
  return [wall - DAY, wall + DAY]
    .map((near) => wall - offsetAt(timezone, near))
    .filter((at) => at + offsetAt(timezone, at) === wall)
}

/** By how much the zone's clocks are changed around a moment; mostly not at all. */
function changeAround(timezone: string, moment: number): number {
  return Math.abs(offsetAt(timezone, moment + 2 * DAY) - offsetAt(timezone, moment - 2 * DAY))
}
