import { instantOf, offsetAt } from '@/lib/time/zone'

export type Period = 'daily' | 'weekly' | 'monthly'

/** From `from`, itself included, to `to`, itself not. */
export type Range = { from: Date; to: Date }

/** As a job's input gives them: a day (`2026-01-31`), or a time with its offset. */
export type Bounds = { from?: string | undefined; to?: string | undefined }

/** Longest range of one report. */
export const MAX_YEARS = 5

const DAY = 24 * 3_600_000
const MAX_MS = (MAX_YEARS * 365.25 + 1) * DAY

/** What a report without bounds covers: so many whole periods, the last one just over. */
const DEFAULT_COUNT: Record<Period, number> = { daily: 30, weekly: 12, monthly: 12 }

/** Why the bounds make no range, with the field to blame; undefined when they do. */
export function rangeProblem(
  { from, to }: Bounds,
  timezone: string,
): { path: ['from' | 'to']; message: string } | undefined {
  if (from === undefined && to === undefined) return undefined
  if (from === undefined) return { path: ['from'], message: 'Expected a first day beside to' }
  if (to === undefined) return { path: ['to'], message: 'Expected a last day beside from' }
  const start = startOf(from, timezone)
  const end = endOf(to, timezone)
  if (end <= start) return { path: ['to'], message: 'Expected a day or time after from' }
  if (end - start > MAX_MS) {
    return { path: ['to'], message: `Expected at most ${MAX_YEARS} years after from` }
  }
  return undefined
}

/**
 * The moments a report covers. A day as a bound is a day of the time zone, the last one included;
 * without bounds these are the last whole days, weeks or months before `now`.
 */
export function resolveRange(
  { period, from, to }: Bounds & { period: Period },
  timezone: string,
  now: Date,
): Range {
  if (from !== undefined && to !== undefined) {
    return { from: new Date(startOf(from, timezone)), to: new Date(endOf(to, timezone)) }
  }
  const end = startOfPeriod(period, wallDayOf(now, timezone))
  const start = addPeriods(period, end, -DEFAULT_COUNT[period])
  return { from: new Date(instantOf(timezone, start)), to: new Date(instantOf(timezone, end)) }
}

/**
 * Cuts a range at each midnight, Monday or first of a month of the time zone. The first and the last
 * piece may be shorter than the period; on a day the clock changes, a day has 23 or 25 hours.
 */
export function splitRange(period: Period, { from, to }: Range, timezone: string): Range[] {
  const cuts = [from.getTime()]
  let wall = startOfPeriod(period, wallDayOf(from, timezone))
  for (;;) {
    wall = addPeriods(period, wall, 1)
    const at = instantOf(timezone, wall)
    if (at >= to.getTime()) break
    // A zone that leaves a day out, as one at the date line did, has two midnights at one moment.
    if (at > (cuts.at(-1) ?? 0)) cuts.push(at)
  }
  return cuts.map((cut, index) => ({ from: new Date(cut), to: new Date(cuts[index + 1] ?? to) }))
}

/** Midnight of the day that the zone's clocks show at an instant, as if it were UTC. */
export function wallDayOf(instant: Date, timezone: string): number {
  const wall = instant.getTime() + offsetAt(timezone, instant.getTime())
  return Math.floor(wall / DAY) * DAY
}

/** The days up to today, itself included, as bounds. */
export function lastDays(count: number, now: Date, timezone: string): { from: string; to: string } {
  const today = wallDayOf(now, timezone)
  return { from: dayWords(today - (count - 1) * DAY), to: dayWords(today) }
}

/** A midnight, as wall time, the way a bound is written: `2026-01-31`. */
export function dayWords(day: number): string {
  return new Date(day).toISOString().slice(0, 10)
}

function startOf(bound: string, timezone: string): number {
  return isDay(bound) ? instantOf(timezone, Date.parse(bound)) : Date.parse(bound)
}

function endOf(bound: string, timezone: string): number {
  return isDay(bound) ? instantOf(timezone, Date.parse(bound) + DAY) : Date.parse(bound)
}

function isDay(bound: string): boolean {
  return !bound.includes('T')
}

/** @param day a midnight, as wall time */
function startOfPeriod(period: Period, day: number): number {
  const date = new Date(day)
  if (period === 'daily') return day
  if (period === 'weekly') return day - ((date.getUTCDay() + 6) % 7) * DAY
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

function addPeriods(period: Period, day: number, count: number): number {
  if (period === 'daily') return day + count * DAY
  if (period === 'weekly') return day + count * 7 * DAY
  const date = new Date(day)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count)
}
