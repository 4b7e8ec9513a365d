import { validate as isUuid } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { type FilterWords, type JobFilter, jobFilterSchema } from '@/lib/jobs/lists/filter'
import { parseFilterQuery, parsePageQuery } from '@/lib/jobs/lists/list'
import { type SearchParams, valuesOf } from '../../_components/list/href'
import { spanOf } from './moments'

/** The list's periods, as its URL writes them. */
export const periods = [
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
] as const

/** Filters that links and the search set; the list names each, with a way to remove it. */
export const linkedNames = [
  'tag',
  'queue',
  'batchId',
  'scheduleId',
  'from',
  'to',
  'endedFrom',
  'endedTo',
  'error',
  'owner',
  'deliveries',
] as const

const names = ['type', 'status', 'period', 'since', 'until', 'q', ...linkedNames] as const

/** What the URL says. */
export type Shown = Partial<Record<(typeof names)[number], string>>

/** What the URL of the jobs list asks for. */
export type JobsQuery = {
  filter: JobFilter
  /** The same as it is written, for what acts on all that match. */
  words: FilterWords
  cursor?: string | undefined
  /** Show the page right before this job instead. */
  newerThan?: string | undefined
}

/** Reads what the list is filtered by, for its form; without checking it. */
export function shownOf(params: SearchParams, viewer: Viewer): Shown {
  const values = valuesOf({ ...params, status: [params.status ?? []].flat().join(',') })
  // Only admins choose whose jobs they see.
  const known = names.filter((name) => name !== 'owner' || viewer.role === 'ADMIN')
  return Object.fromEntries(
    known.flatMap((name) => (values[name] ? [[name, values[name]] as const] : [])),
  )
}

/** Reads the list's filter; null when it asks for what cannot be. @param timezone in which days begin and end */
export function readFilter(
  shown: Shown,
  timezone: string,
): Pick<JobsQuery, 'filter' | 'words'> | null {
  const { period, since, until, deliveries, ...rest } = shown
  const now = Date.now()
  const spansOf = (...texts: (string | undefined)[]) =>
    texts.flatMap((text) => (text ? [spanOf(text, timezone, now)] : []))
  const starts = spansOf(period, since).map((span) => span?.from)
  const ends = spansOf(until).map((span) => span?.to)
  if (![...starts, ...ends].every((time) => time !== undefined)) return null
  return unlessInvalid(() => {
    const given = parseFilterQuery(new URLSearchParams(rest))
    const words = {
      ...given,
      ...bound('from', [given.from, ...starts], Math.max),
      ...bound('to', [given.to, ...ends], Math.min),
    }
    return { words, filter: parseInput(jobFilterSchema, words) }
  })
}

/** Reads the list's URL; null when it asks for what cannot be. */
export function parseJobsQuery(
  params: SearchParams,
  shown: Shown,
  timezone: string,
): JobsQuery | null {
  const { cursor = '', newer } = valuesOf(params)
  if (newer && !isUuid(newer)) return null
  const read = readFilter(shown, timezone)
  const page = unlessInvalid(() => parsePageQuery(new URLSearchParams({ cursor })))
  return read && page && { ...read, cursor: page.cursor, newerThan: newer }
}

const timesAndOwner = ['period', 'since', 'until', 'from', 'to', 'owner']

/** Whether it shows all jobs of some time and owner: then deliveries of events are left out. */
export function isFolded(shown: Shown): boolean {
  return Object.keys(shown).every((name) => timesAndOwner.includes(name))
}

type Time = string | Date | undefined

function bound(name: 'from' | 'to', times: Time[], choose: (...times: number[]) => number) {
  const given = times.flatMap((time) => (time ? [new Date(time).getTime()] : []))
  return given.length > 0 ? { [name]: new Date(choose(...given)).toISOString() } : {}
}

function unlessInvalid<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
