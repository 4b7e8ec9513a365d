import { countOf, formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import type { RateLimit } from '@/lib/queue/settings'
import { BEFORE_UP_TO, type Place } from './place'

/** How many jobs are before one, and how many of them others'. */
export function beforeWords({ before, others }: Pick<Place, 'before' | 'others'>): string {
  if (before > BEFORE_UP_TO) return `More than ${formatCount(BEFORE_UP_TO)} jobs are before it.`
  if (before === 1) {
    return `1 job is before it; it belongs to ${others === 1 ? 'somebody else' : 'the same owner'}.`
  }
  const belong = others === 1 ? 'belongs' : 'belong'
  const those =
    others === 0
      ? 'none of them belongs'
      : `${others === before ? 'all' : formatCount(others)} of them ${belong}`
  return `${countOf(before, 'job')} are before it; ${those} to others.`
}

/** How many jobs may start within what time: `10 jobs a second`. */
export function rateWords({ max, durationMs }: RateLimit): string {
  const time = new Map([
    [1_000, 'a second'],
    [60_000, 'a minute'],
    [3_600_000, 'an hour'],
  ]).get(durationMs)
  return `${countOf(max, 'job')} ${time ?? `in ${formatDuration(durationMs)}`}`
}

/** How long something takes that nobody knows exactly: `within a minute`, `in about 3 min`. */
export function aboutIn(ms: number): string {
  if (ms < 60_000) return 'within a minute'
  return `in about ${formatDuration(Math.round(ms / 60_000) * 60_000)}`
}

/** A moment for programs and the command line; the console shows the reader's own time. */
export function utc(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
