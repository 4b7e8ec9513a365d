import { randomUUID } from 'node:crypto'
import { pool } from '@/lib/db/pool'
import { logger } from '@/lib/log/logger'
import { repairsOf } from '@/lib/metrics/repairs'
import { queuesReachable } from '@/lib/queue/backend'
import { leaveMarker, readMarker } from '@/lib/queue/marker'

/** Every job that has not ended must be handed over again; the relay does it. */
const REDISPATCH_ALL = `
WITH marked AS (
  INSERT INTO "QueueMarker" (id, marker) VALUES (1, $1)
  ON CONFLICT (id) DO UPDATE SET marker = excluded.marker
  WHERE "QueueMarker".marker <> excluded.marker
  RETURNING id
), outstanding AS (
  UPDATE "Job" SET "dispatchedAt" = NULL
  WHERE "dispatchedAt" IS NOT NULL AND status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING')
    AND EXISTS (SELECT 1 FROM marked)
  RETURNING id
), repaired AS (
  ${repairsOf('queue_lost', 'SELECT count(*) FROM outstanding')}
)
SELECT count(*)::int AS jobs FROM outstanding
`

/**
 * Notices that the queue is not the one jobs were handed to: emptied, replaced, or moved between
 * Redis and PostgreSQL. Then hands everything over again.
 */
export function createQueueLossWatch(): () => Promise<void> {
  let known: string | undefined
  return async () => {
    if (!queuesReachable()) return
    const marker = (await readMarker()) ?? (await leaveMarker(randomUUID()))
    if (marker === known) return
    const { rows } = await pool().query<{ jobs: number }>(REDISPATCH_ALL, [marker])
    known = marker
    const jobs = rows[0]?.jobs ?? 0
    if (jobs > 0) logger('queue').warn({ jobs }, 'The queue is a new one; refilling it')
  }
}
