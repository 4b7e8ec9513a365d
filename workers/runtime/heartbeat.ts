import { pool } from '@/lib/db/pool'
import { type ProcessFigures, processFigures } from '@/lib/metrics/process'
import { metMarker } from '@/lib/queue/marker'
import type { RunningAttempts } from './running'

/** How often a worker says that it lives, in milliseconds. */
export const HEARTBEAT_MS = 5_000

/** Attempts that are to stop: canceled ones, and those that the record no longer says are this worker's. */
const TO_STOP = `
SELECT held.token, CASE WHEN job.status = 'ACTIVE' AND job."claimToken" = held.token
    THEN 'canceled' ELSE 'lost' END AS cause
FROM unnest($1::uuid[], $2::uuid[]) AS held("jobId", token) LEFT JOIN "Job" job ON job.id = held."jobId"
WHERE job.status IS DISTINCT FROM 'ACTIVE' OR job."claimToken" IS DISTINCT FROM held.token
  OR job."cancelRequestedAt" IS NOT NULL
`

/** The latest figures of the process. */
let figures: ProcessFigures | undefined

/**
 * Says that the worker lives, and stops attempts that were canceled, or that others took over while
 * it could not say so. A worker that was thought dead, and is not, is known again.
 */
export async function beat(workerId: string, running: RunningAttempts): Promise<void> {
  await pool().query(
    `UPDATE "Worker" SET "heartbeatAt" = now(), "stoppedAt" = NULL, "lostAt" = NULL,
       "crashedBy" = NULL, running = $2, "memoryBytes" = $3, process = COALESCE($4, process),
       "queueMarker" = $5
     WHERE id = $1 AND crash IS NULL`,
    [
      workerId,
      running.size,
      process.memoryUsage.rss(),
      figures ? JSON.stringify(figures) : null,
      metMarker(),
    ],
  )
  noteFigures()
  const held = running.held()
  if (held.length === 0) return
  const { rows } = await pool().query<{ token: string; cause: 'canceled' | 'lost' }>(TO_STOP, [
    held.map(({ jobId }) => jobId),
    held.map(({ token }) => token),
  ])
  for (const { token, cause } of rows) running.abortAttempt(token, cause)
}

/** For the next beat: figures come from files, which may take longer than a worker may be silent. */
function noteFigures(): void {
  processFigures().then(
    (latest) => {
      figures = latest
    },
    () => undefined,
  )
}

/** Says goodbye: whatever the worker still held counts as lost at once. */
export async function unregisterWorker(workerId: string): Promise<void> {
  await pool().query(`UPDATE "Worker" SET "stoppedAt" = now(), running = 0 WHERE id = $1`, [
    workerId,
  ])
}
