import { pool } from '@/lib/db/pool'
import { WAITING_SINCE } from '@/lib/jobs/clock'
import { hasStatus } from '@/lib/jobs/status'

/** Waiting jobs are counted up to this; beyond it, the number is only a lower bound. */
export const COUNTED_UP_TO = 10_000

/** A queue at this moment. */
export type QueueNow = {
  waiting: number
  active: number
  /** Since when the longest waiting job waits; null when none does. */
  oldestSince: Date | null
}

type Row = { queue: string } & QueueNow

/**
 * However long the queues are, this looks at a bounded number of jobs: of a queue that holds more
 * than `COUNTED_UP_TO`, `waiting` says so much, and the oldest is the oldest of those looked at.
 */
const NOW = `
WITH wanted AS (
  SELECT queue FROM unnest($1::text[]) AS wanted (queue)
), first AS (
  SELECT queue, min(due) AS due FROM (
    SELECT queue, ${WAITING_SINCE} AS due FROM "Job" job
    WHERE ${hasStatus('QUEUED')} ORDER BY id LIMIT ${COUNTED_UP_TO}) AS oldest
  GROUP BY queue
), running AS (
  SELECT queue, count(*)::int AS active FROM "Job" job WHERE ${hasStatus('ACTIVE')} GROUP BY queue
)
SELECT wanted.queue, waiting.count AS waiting, COALESCE(running.active, 0) AS active,
  LEAST(first.due, waiting.due) AS "oldestSince"
FROM wanted LEFT JOIN first USING (queue) LEFT JOIN running USING (queue), LATERAL (
  SELECT count(*)::int AS count, min(due) AS due FROM (
    SELECT ${WAITING_SINCE} AS due FROM "Job" job
    WHERE ${hasStatus('QUEUED')} AND queue = wanted.queue LIMIT ${COUNTED_UP_TO}) AS sample
) AS waiting
`

/** What waits and what runs in each of these queues. */
export async function queuesNow(queues: readonly string[]): Promise<Map<string, QueueNow>> {
  const { rows } = await pool().query<Row>(NOW, [queues])
  return new Map(rows.map(({ queue, ...now }) => [queue, now]))
}
