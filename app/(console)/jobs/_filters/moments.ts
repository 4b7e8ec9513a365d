import { instantOf, offsetAt } from '@/lib/time/zone'

const HOUR = 3600_000
const DAY = 24 * HOUR

const units: Record<string, number> = { m: 60_000, h: HOUR, d: DAY, w: 7 * DAY }

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** Whether it is written as a day of the calendar. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text)
}

/** A day, or a single moment, for which both ends are the same. */
export type Span = { from: Date; to: Date }

/**
 * What people mean by `yesterday`, `monday` (the last one, or today), `3d` (that long ago), `2026-11-24`
 * or an ISO time, in their time zone; undefined when it is none of these.
 */
export function spanOf(text: string, timezone: string, now: number): Span | undefined {
  const word = text.toLowerCase()
  const today = Math.floor((now + offsetAt(timezone, now)) / DAY) * DAY
  if (word === 'today') return dayAt(today, timezone)
  if (word === 'yesterday') return dayAt(today - DAY, timezone)
  const weekday = word.length >= 3 ? weekdays.findIndex((name) => name.startsWith(word)) : -1
  if (weekday >= 0) {
    const back = (new Date(today).getUTCDay() - weekday + 7) % 7
    return dayAt(today - back * DAY, timezone)
  }
  const [, count, unit = ''] = /^(\d{1,4})([mhdw])$/.exec(word) ?? []
  if (count) return momentAt(now - Number(count) * (units[unit] ?? 0))
  if (isDay(word)) {
    const day = Date.parse(word)
    // `2026-02-30` is parsed as a day of March, or not at all.
    const exists = !Number.isNaN(day) && new Date(day).toISOString().startsWith(word)
    return exists ? dayAt(day, timezone) : undefined
  }
  return /^\d{4}-\d\d-\d\dt/.test(word) ? momentAt(Date.parse(text)) : undefined
}

function dayAt(midnight: number, timezone: string): Span {
  const start = (wall: number) => new Date(instantOf(timezone, wall))
  return { from: start(midnight), to: start(midnight + DAY) }
}

function momentAt(time: number): Span | undefined {
  return Number.isNaN(time) ? undefined : { from: new Date(time), to: new Date(time) }
}
