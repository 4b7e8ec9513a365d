import { type CalendarDay, type CronPattern, parseCron } from './cron'
import { instantOf, offsetAt } from './zone'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The calendar repeats within 40 years where a leap year is left out; later than that is never. */
const HORIZON_DAYS = 40 * 366

/**
 * The first moment after `after` at which a pattern fires; null when it never does.
 *
 * A pattern that names every hour means an interval and follows the clock as it runs: what it shows
 * twice fires twice, what it skips does not fire. Any other pattern names times of day, and each
 * fires once a day: at its first occurrence, or, when the clock skips it, as much later as the clock
 * was put forward.
 * @throws {CronError} for a pattern that is none
 */
export function nextFire(cron: string, timezone: string, after: Date): Date | null {
  const pattern = parseCron(cron)
  const find = pattern.everyHour ? nextByClock : nextByTimeOfDay
  const found = find(pattern, timezone, after.getTime())
  return found === null ? null : new Date(found)
}

/** The next `count` moments after `after`; fewer when the pattern ends. */
export function nextFires(cron: string, timezone: string, after: Date, count: number): Date[] {
  const fires: Date[] = []
  let last: Date | null = after
  while (last && fires.length < count) {
    last = nextFire(cron, timezone, last)
    if (last) fires.push(last)
  }
  return fires
}

/** Walks through real time, in steps that never jump over a change of the clock. */
function nextByClock(pattern: CronPattern, timezone: string, after: number): number | null {
  const minutes = new Set(pattern.minutes)
  let at = Math.floor(after / SECOND) * SECOND + SECOND
  const end = at + HORIZON_DAYS * DAY
  while (at < end) {
    const offset = offsetAt(timezone, at)
    const wall = at + offset
    if (!pattern.matchesDay(dayOf(wall))) {
      const midnight = instantOf(timezone, Math.floor(wall / DAY) * DAY + DAY)
      at = Math.max(midnight, at + SECOND)
      continue
    }
    const minuteStart = Math.floor(wall / MINUTE) * MINUTE
    if (minutes.has((minuteStart % HOUR) / MINUTE)) {
      const second = pattern.seconds.find((value) => value * SECOND >= wall - minuteStart)
      if (second !== undefined) return minuteStart + second * SECOND - offset
    }
    at = minuteStart + MINUTE - offset
  }
  return null
}

/** Walks through the calendar, and turns each day's times into moments. */
function nextByTimeOfDay(pattern: CronPattern, timezone: string, after: number): number | null {
  const today = Math.floor((after + offsetAt(timezone, after)) / DAY) * DAY
  // A time skipped at the end of a day falls into the next one.
  for (let day = today - DAY; day < today + HORIZON_DAYS * DAY; day += DAY) {
    if (!pattern.matchesDay(dayOf(day))) continue
    const found = firstOfDay(pattern, timezone, day, after)
    if (found === null) continue
    const tomorrow = pattern.matchesDay(dayOf(day + DAY))
      ? firstOfDay(pattern, timezone, day + DAY, after)
      : null
    return tomorrow === null ? found : Math.min(found, tomorrow)
  }
  return null
}

/** @param day its midnight, as wall time */
function firstOfDay(
  { hours, minutes, seconds }: CronPattern,
  timezone: string,
  day: number,
  after: number,
): number | null {
  const steady = offsetAt(timezone, day - DAY)
  const changes = steady !== offsetAt(timezone, day + 2 * DAY)
  let first: number | null = null
  for (const hour of hours) {
    for (const minute of minutes) {
      const wall = day + hour * HOUR + minute * MINUTE
      const start = changes ? instantOf(timezone, wall) : wall - steady
      if (start + MINUTE <= after) continue
      const second = seconds.find((value) => start + value * SECOND > after)
      if (second === undefined) continue
      const found = start + second * SECOND
      if (!changes) return found
      if (first === null || found < first) first = found
    }
  }
  return first
}

function dayOf(wall: number): CalendarDay {
  const date = new Date(wall)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}
