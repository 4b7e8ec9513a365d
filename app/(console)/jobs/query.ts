import { validate as isUuid } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import { AppError } from '@/lib/errors/app-error'
import { type FilterWords, type JobFilter, jobFilterSchema } from '@/lib/jobs/lists/filter'
import { parseFilterQuery, parsePageQuery } from '@/lib/jobs/lists/list'
import { periods, type Shown } from './shown'

/** What the URL of the jobs list says. */
export type JobsQuery = {
  filter: JobFilter
  /** The same as it is written, for what acts on all that match. */
  words: FilterWords
  shown: Shown
  cursor?: string | undefined
  /** Show the page right before this job instead. */
  newerThan?: string | undefined
}

export type SearchParams = Record<string, string | string[] | undefined>

/** Reads what the list is filtered by, for its form; without asking whether it can be. */
export function shownOf(params: SearchParams, viewer: Viewer): Shown {
  const get = (name: string) => {
    const value = params[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  return {
    type: get('type'),
    status: get('status'),
    period: get('period'),
    q: get('q'),
    tag: get('tag'),
    queue: get('queue'),
    batchId: get('batchId'),
    scheduleId: get('scheduleId'),
    from: get('from'),
    to: get('to'),
    endedFrom: get('endedFrom'),
    endedTo: get('endedTo'),
    error: get('error'),
    // Whose jobs one sees is for admins to choose.
    owner: viewer.role === 'ADMIN' ? get('owner') : '',
  }
}

/** Reads the list's URL; null when it says what cannot be. */
export function parseJobsQuery(params: SearchParams, viewer: Viewer): JobsQuery | null {
  const { period: periodName, ...shown } = shownOf(params, viewer)
  const period = periods.find(({ value }) => value === periodName)
  const newerThan = typeof params.newer === 'string' ? params.newer : undefined
  if ((periodName && !period) || (newerThan && !isUuid(newerThan))) return null
  const asked = new URLSearchParams(shown)
  if (period) asked.set('from', new Date(Date.now() - period.hours * 3600_000).toISOString())
  const paging = new URLSearchParams(
    typeof params.cursor === 'string' ? { cursor: params.cursor } : {},
  )
  try {
    const words = parseFilterQuery(asked)
    const { cursor } = parsePageQuery(paging)
    const filter = jobFilterSchema.parse(words)
    return { filter, words, shown: { ...shown, period: periodName }, cursor, newerThan }
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
