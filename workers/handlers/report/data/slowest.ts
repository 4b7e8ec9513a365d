import { RAN_MS, WAITED_MS } from '@/lib/jobs/clock'
import { IN_SCOPE, type Scope, scopeValues } from './scope'
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
  job."createdAt", ${WAITED_MS} AS "waitMs", ${RAN_MS} AS "runMs"
FROM "Job" job WHERE ${IN_SCOPE} AND job."startedAt" IS NOT NULL AND job."finishedAt" IS NOT NULL
ORDER BY "runMs" DESC, job.id LIMIT ${LIMIT}`

/** The jobs that ran longest, the longest first. */
export function findSlowest(snapshot: Snapshot, scope: Scope): Promise<SlowJob[]> {
  return snapshot.rows<SlowJob>(SLOWEST, scopeValues(scope))
}
