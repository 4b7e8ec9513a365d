import type { FilterWords } from '../lists/filter'
import type { BulkActionName } from './action'

const verbs = { retry: 'Retry', cancel: 'Cancel', promote: 'Run now', delete: 'Delete' } as const

/** What a bulk action is for, e.g. `Retry all that match: failed, email, “smtp”`. */
export function bulkTitle(action: BulkActionName, filter: FilterWords): string {
  const parts = filterParts(filter)
  const what = parts.length > 0 ? `all that match: ${parts.join(', ')}` : 'all jobs'
  return `${verbs[action]} ${what}`
}

/** A filter in words, one for each thing it asks for. */
export function filterParts(filter: FilterWords): string[] {
  const { type, status, queue, tag, batchId, scheduleId, q, error, owner } = filter
  return [
    ...(status ? [status.replaceAll(',', ' or ')] : []),
    ...(type ? [type] : []),
    ...(queue ? [`queue ${queue}`] : []),
    ...(tag ? [`tag ${tag}`] : []),
    ...(q ? [`“${q}”`] : []),
    ...(batchId ? ['one batch'] : []),
    ...(scheduleId ? ['one schedule'] : []),
    ...(error ? ['one error'] : []),
    ...(owner ? [owner === 'system' ? 'the system’s' : 'one owner'] : []),
    ...times('created', filter.from, filter.to),
    ...times('ended', filter.endedFrom, filter.endedTo),
  ]
}

function times(what: string, from: string | undefined, to: string | undefined): string[] {
  if (!from && !to) return []
  const since = from ? [`from ${minute(from)}`] : []
  const until = to ? [`before ${minute(to)}`] : []
  return [[what, ...since, ...until].join(' ')]
}

/** To the minute, in UTC. */
function minute(time: string): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ')
}
