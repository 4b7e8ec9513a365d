import { RAN_MS, WAITED_MS } from '@/lib/jobs/clock'
import { IN_SCOPE, type Scope, scopeValues } from './scope'
import type { Snapshot } from './snapshot'

/** A job as a report lists it. */
export type ReportedJob = {
  id: string
  title: string
  type: string
  queue: string
  status: string
  /** Email; null for the system's own jobs. */
  owner: string | null
  attempt: number
  /** Moments are milliseconds since 1970: a million `Date`s are a burden. */
  createdAt: number
  runAt: number
  startedAt: number | null
  finishedAt: number | null
  waitMs: number | null
  runMs: number | null
  errorCode: string | null
  errorMessage: string | null
  tags: string
}

const PAGE = 500

const DECLARE = `
DECLARE reported NO SCROLL CURSOR FOR
SELECT job.id, left(job.title, 500) AS title, job.type, job.queue, lower(job.status::text) AS status,
  owner.email AS owner, job.attempt, ${['createdAt', 'runAt', 'startedAt', 'finishedAt'].map(epoch)},
  ${WAITED_MS} AS "waitMs", ${RAN_MS} AS "runMs",
  CASE WHEN job.status = 'FAILED' THEN job.error ->> 'code' END AS "errorCode",
  CASE WHEN job.status = 'FAILED' THEN left(job.error ->> 'message', 500) END AS "errorMessage",
  array_to_string(job.tags, ', ') AS tags
FROM "Job" job LEFT JOIN "User" owner ON owner.id = job."ownerId"
WHERE ${IN_SCOPE} ORDER BY job.id`

/**
 * Every job of a scope in the order of their ids, a page at a time, through a cursor in PostgreSQL:
 * no more than a page is ever in memory. Once per snapshot.
 */
export async function* readJobs(snapshot: Snapshot, scope: Scope): AsyncGenerator<ReportedJob[]> {
  await snapshot.rows(DECLARE, scopeValues(scope))
  for (;;) {
    const page = await snapshot.rows<ReportedJob>(`FETCH ${PAGE} FROM reported`)
    if (page.length === 0) return
    yield page
  }
}

function epoch(column: string): string {
  return `(EXTRACT(EPOCH FROM job."${column}") * 1000)::float8 AS "${column}"`
}
