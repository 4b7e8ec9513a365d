import { COUNTED_UP_TO, type Removable } from '@/app/_server/retention/count'
import { formatBytes } from '@/lib/format/bytes'
import { countOf, formatCount } from '@/lib/format/count'
import { catalog, findDefinition } from '@/lib/jobs/catalog'
import type { RecordKind } from '@/lib/retention/defaults'
import type { Days } from '@/lib/retention/settings'

/** What people call records that are no jobs, and what is to be said about them. */
export const recordWords: Record<RecordKind, { label: string; meaning: string }> = {
  deliveries: { label: 'Webhook deliveries', meaning: 'Each request, and what was answered.' },
  mails: { label: 'Mails in the outbox', meaning: 'They go with their job at the latest.' },
  notifications: { label: 'Read notifications', meaning: 'Unread ones stay.' },
  fires: { label: 'Runs of schedules', meaning: 'Which time led to which job.' },
}

/** What people call a job type. */
export function typeLabel(type: string): string {
  return findDefinition(type)?.label ?? type
}

/** How long something is kept. */
export function daysWords(days: Days): string {
  return days === null ? 'For ever' : countOf(days, 'day')
}

/** A number that was counted up to a limit. */
export function upTo(count: number): string {
  return count < COUNTED_UP_TO ? formatCount(count) : `${formatCount(count)}+`
}

/** What removing some jobs takes with it, in a sentence. */
export function removableWords({ jobs, files, bytes, isEstimate }: Removable): string {
  if (jobs === 0) return 'The next run removes none.'
  const about = isEstimate ? 'about ' : ''
  const withFiles =
    files > 0 ? ` with ${about}${countOf(files, 'file')} (${formatBytes(bytes)})` : ''
  const maybeMore = jobs < COUNTED_UP_TO ? '' : ', and maybe more'
  return `The next run removes ${countOf(jobs, 'job')}${withFiles}${maybeMore}.`
}

/** How many records go, in a sentence. */
export function recordsWords(count: number): string {
  if (count === 0) return 'The next run removes none.'
  if (count >= COUNTED_UP_TO) return `The next run removes ${formatCount(count)} or more.`
  return `The next run removes ${formatCount(count)}.`
}

/** What a run of retention removed, from the result of its job. */
export function removedWords(result: unknown): string {
  const counts = catalog.maintenance.output.safeParse(result).data ?? {}
  const { jobs = 0, files = 0, bytes = 0, ...records } = counts
  const others = Object.values(records).reduce((sum, count) => sum + count, 0)
  const parts = [
    jobs > 0 && countOf(jobs, 'job'),
    files > 0 && `${countOf(files, 'file')} (${formatBytes(bytes)})`,
    others > 0 && countOf(others, 'other record'),
  ].filter(Boolean)
  return parts.length > 0 ? `It removed ${parts.join(', ')}.` : 'There was nothing to remove.'
}
