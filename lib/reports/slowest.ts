import { IN_SCOPE, RUN_MS, type Scope, scopeValues, WAIT_MS } from './job-times'
import type { Snapshot } from './snapshot'

export type SlowJob = {
  id: string
  title: string
  type: string
  status: string
  attempt: number
  createdAt: Date
  waitMs: number
  runMs: number
}

const LIMIT = 20

const SLOWEST = `
SELECT job.id, left(job.title, 500) AS title, job.type, lower(job.status::text) AS status, job.attempt,
  job."createdAt", ${WAIT_MS} AS "waitMs", ${RUN_MS} AS "runMs"
FROM "Job" job WHERE ${IN_SCOPE} AND job."startedAt" IS NOT NULL AND job."finishedAt" IS NOT NULL
ORDER BY "runMs" DESC, job.id LIMIT ${LIMIT}`

/** The jobs that ran longest, the longest first. */
export function findSlowest(snapshot: Snapshot, scope: Scope): Promise<SlowJob[]> {
  return snapshot.rows<SlowJob>(SLOWEST, scopeValues(scope))
}
