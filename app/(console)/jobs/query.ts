import { validate as isUuid } from 'uuid'
import { AppError } from '@/lib/errors/app-error'
import type { JobFilter } from '@/lib/jobs/filter'
import { parseJobQuery } from '@/lib/jobs/list'

/** The list's periods, as its URL writes them. */
export const periods = [
  { value: '1h', label: 'Last hour', hours: 1 },
  { value: '24h', label: 'Last 24 hours', hours: 24 },
  { value: '7d', label: 'Last 7 days', hours: 7 * 24 },
  { value: '30d', label: 'Last 30 days', hours: 30 * 24 },
] as const

/** What the URL of the jobs list says. */
export type JobsQuery = {
  filter: JobFilter
  /** As the form shows them; empty where nothing is chosen. */
  shown: { type: string; status: string; period: string; q: string; tag: string }
  cursor?: string | undefined
  /** Show the page right before this job instead. */
  newerThan?: string | undefined
}

export type SearchParams = Record<string, string | string[] | undefined>

/** Reads the list's URL; null when it says what cannot be. */
export function parseJobsQuery(params: SearchParams): JobsQuery | null {
  const values = new Map(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  )
  const get = (name: string) => values.get(name) ?? ''
  const shown = {
    type: get('type'),
    status: get('status'),
    period: get('period'),
    q: get('q').trim(),
    tag: get('tag'),
  }
  const period = periods.find(({ value }) => value === shown.period)
  const newerThan = values.get('newer')
  if ((shown.period && !period) || (newerThan && !isUuid(newerThan))) return null
  const asked = new URLSearchParams([...values])
  asked.set('q', shown.q)
  if (period) asked.set('from', new Date(Date.now() - period.hours * 3600_000).toISOString())
  try {
    const { filter, page } = parseJobQuery(asked)
    return { filter, shown, cursor: page.cursor, newerThan }
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
