import { pool } from '@/lib/db/pool'
import { CHANGES_CHANNEL, IDS_PER_NOTIFICATION } from '@/lib/jobs/announce'
import { queuesReachable } from '@/lib/queue/backend'
import { MARK_DISPATCHED } from '@/lib/queue/dispatch'
import type { QueueEntry } from '@/lib/queue/entries'
import { handOver } from '@/lib/queue/hand-over'

/** How often the relay looks, in milliseconds: the longest a job waits for a queue that answers. */
export const RELAY_INTERVAL_MS = 1_000

const BATCH = 1_000

/** Due scheduled jobs become queued; answers whether any job's dispatch is outstanding. */
const LOOK = `
WITH due AS (
  UPDATE "Job" SET status = 'QUEUED' WHERE status = 'SCHEDULED' AND "runAt" <= now()
  RETURNING id
), parts AS (
  SELECT id, (row_number() OVER () - 1) / ${IDS_PER_NOTIFICATION} AS part FROM due
), announced AS (
  SELECT pg_notify('${CHANGES_CHANNEL}', string_agg(id::text, ',')) FROM parts GROUP BY part
)
SELECT (SELECT count(*) FROM announced) AS due, EXISTS (
  SELECT 1 FROM "Job"
  WHERE "dispatchedAt" IS NULL AND status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING')
) AS outstanding
`

/**
 * Outstanding jobs, oldest first, locked so that two relays share them. Never a cursor on ids:
 * commit order is not id order.
 */
const OUTSTANDING = `
SELECT id, type, queue, priority, turn, attempt, "maxAttempts",
  GREATEST(0, EXTRACT(EPOCH FROM CASE status
    WHEN 'SCHEDULED' THEN "runAt" WHEN 'RETRYING' THEN "nextAttemptAt" ELSE now()
  END - now()) * 1000)::float8 AS "delayMs"
FROM "Job"
WHERE "dispatchedAt" IS NULL AND status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING')
ORDER BY "createdAt"
LIMIT ${BATCH}
FOR UPDATE SKIP LOCKED
`

/** Hands over what nobody has handed over yet; ends when nothing is left or the queue is away. */
export async function relay(): Promise<void> {
  const { rows } = await pool().query<{ outstanding: boolean }>(LOOK)
  let more = rows[0]?.outstanding ?? false
  while (more && queuesReachable()) more = (await relayBatch()) === BATCH
}

/** @returns how many jobs the batch had */
async function relayBatch(): Promise<number> {
  const client = await pool().connect()
  try {
    await client.query('BEGIN')
    const { rows } = await client.query<QueueEntry>(OUTSTANDING)
    const { taken, failure } = await handOver(rows)
    if (taken.length > 0) await client.query(MARK_DISPATCHED, [taken])
    await client.query('COMMIT')
    if (failure) throw failure
    return rows.length
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
