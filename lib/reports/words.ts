import { offsetAt } from '@/lib/time/zone'
import type { Period, Range } from './range'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const days = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options })
const full = days({ day: 'numeric', month: 'short', year: 'numeric' })
const noYear = days({ day: 'numeric', month: 'short' })
const month = days({ month: 'short', year: 'numeric' })

/** A range as its first and last day: `1–30 Nov 2026`; with times where it does not end at midnight. */
export function rangeWords({ from, to }: Range, timezone: string): string {
  const start = wallOf(from, timezone)
  const end = wallOf(to, timezone)
  if (start % DAY !== 0 || end % DAY !== 0) {
    return `${momentWords(from, timezone)} – ${momentWords(to, timezone)}`
  }
  const last = end - DAY
  return last <= start ? full.format(start) : full.formatRange(start, last).replace(/\s?–\s?/, '–')
}

/** A piece of a range by its period: `Mon 2 Nov 2026`, `2–8 Nov 2026`, `Nov 2026`. */
export function periodWords(period: Period, range: Range, timezone: string): string {
  const start = wallOf(range.from, timezone)
  if (period === 'daily') return full.format(start)
  if (period === 'monthly' && isWholeMonth(range, timezone)) return month.format(start)
  return rangeWords(range, timezone)
}

/** The shortest names of a range's pieces, for the axis of a chart: `2 Nov`, or `Nov 2026`. */
export function axisWords(period: Period, pieces: readonly Range[], timezone: string): string[] {
  const isLong = (pieces.at(-1)?.from.getTime() ?? 0) - (pieces[0]?.from.getTime() ?? 0) > 366 * DAY
  const format = period === 'monthly' || isLong ? month : noYear
  return pieces.map(({ from }) => format.format(wallOf(from, timezone)))
}

/** A moment as the zone's clocks show it: `2 Nov 2026, 14:05`. */
export function momentWords(at: Date, timezone: string): string {
  const wall = new Date(wallOf(at, timezone))
  return `${full.format(wall)}, ${wall.toISOString().slice(11, 16)}`
}

/** A share as people say it; what is not all never reads `100 %`, what is not nothing never `0 %`. */
export function rateWords(rate: number | null): string {
  if (rate === null) return '–'
  const rounded = Math.round(rate * 1_000) / 10
  if (rounded === 100 && rate < 1) return '99.9 %'
  if (rounded === 0 && rate > 0) return '0.1 %'
  return `${rounded} %`
}

/** What the zone's clocks show at an instant, as if it were UTC. */
export function wallOf(instant: Date, timezone: string): number {
  return instant.getTime() + offsetAt(timezone, instant.getTime())
}

function isWholeMonth({ from, to }: Range, timezone: string): boolean {
  return [from, to].every((at) => new Date(wallOf(at, timezone)).getUTCDate() === 1)
}
