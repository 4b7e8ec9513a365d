import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import { COUNTED_UP_TO } from '@/lib/jobs/lists/queues-now'

const DASH = '–'

/** A time that may be unknown. */
export function timeOf(milliseconds: number | null): string {
  return milliseconds === null ? DASH : formatDuration(milliseconds)
}

/** A share as a percentage: `0.4 %`; small ones never read as none. */
export function shareOf(share: number | null): string {
  if (share === null) return DASH
  const percent = share * 100
  if (percent === 0) return '0 %'
  return percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(percent < 10 ? 1 : 0)} %`
}

/** How many wait; beyond what is counted, a lower bound. */
export function waitingOf(waiting: number): string {
  return waiting >= COUNTED_UP_TO ? `${formatCount(waiting)}+` : formatCount(waiting)
}

/** A rate per minute: `96`, `0.2`. */
export function perMinute(count: number, minutes: number): string {
  const rate = count / minutes
  if (rate === 0) return '0'
  if (rate < 0.05) return '< 0.1'
  return rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate))
}
