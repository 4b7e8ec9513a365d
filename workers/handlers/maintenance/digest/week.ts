import { instantOf, isTimezone, offsetAt } from '@/lib/time/zone'

const DAY_MS = 24 * 3600_000

/** Seven days of a person, and how they are called, e.g. `16 – 22 November`. */
export type Week = { from: Date; to: Date; words: string }

/** The seven days before today where the person is; in UTC when that is not known. */
export function weekBefore(now: Date, timezone: string | null): Week {
  const zone = timezone && isTimezone(timezone) ? timezone : 'UTC'
  const wall = now.getTime() + offsetAt(zone, now.getTime())
  const today = Math.floor(wall / DAY_MS) * DAY_MS
  const first = today - 7 * DAY_MS
  // The days are named as the wall shows them, so no zone is applied to them again.
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  return {
    from: new Date(instantOf(zone, first)),
    to: new Date(instantOf(zone, today)),
    words: format.formatRange(first, today - DAY_MS),
  }
}

/** The day the week of `now` began on, a Monday in UTC, e.g. `2026-11-23`. */
export function weekName(now: Date): string {
  const sinceMonday = (now.getUTCDay() + 6) % 7
  return new Date(now.getTime() - sinceMonday * DAY_MS).toISOString().slice(0, 10)
}
