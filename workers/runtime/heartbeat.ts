import { pool } from '@/lib/db/pool'
import { processFigures } from '@/lib/metrics/process'
import { metMarker } from '@/lib/queue/marker'
import type { RunningAttempts } from './running'

/** How often a worker says that it lives, in milliseconds. */
export const HEARTBEAT_MS = 5_000

/**
 * Says that the worker lives, and picks up cancellations whose notification was missed.
 * A worker that was thought dead, and is not, is known again.
 */
export async function beat(workerId: string, running: RunningAttempts): Promise<void> {
  const figures = await processFigures()
  await pool().query(
    `UPDATE "Worker" SET "heartbeatAt" = now(), "stoppedAt" = NULL, "lostAt" = NULL, running = $2,
       "memoryBytes" = $3, process = $4, "queueMarker" = $5
     WHERE id = $1`,
    [workerId, running.size, figures.residentBytes, JSON.stringify(figures), metMarker()],
  )
  if (running.size === 0) return
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM "Job" WHERE "workerId" = $1 AND status = 'ACTIVE' AND "cancelRequestedAt" IS NOT NULL`,
    [workerId],
  )
  for (const { id } of rows) running.abort(id, 'canceled')
}

/** Says goodbye: whatever the worker still held counts as lost at once. */
export async function unregisterWorker(workerId: string): Promise<void> {
  await pool().query(`UPDATE "Worker" SET "stoppedAt" = now(), running = 0 WHERE id = $1`, [
    workerId,
  ])
}
