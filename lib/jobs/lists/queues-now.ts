import { pool } from '@/lib/db/pool'
import { WAITING_SINCE } from '../clock'
import { hasStatus } from '../status'

/** Waiting jobs are counted up to this; beyond it, the number is only a lower bound. */
export const COUNTED_UP_TO = 10_000

/** A queue at this moment. */
export type QueueNow = {
  waiting: number
  active: number
  /** Since when the longest waiting job waits; null when none does. */
  oldestSince: Date | null
}

/** The same of the jobs of one type. */
export type TypeNow = QueueNow & { queue: string; type: string }

/**
 * SQL: what waits in the queues `$1`, by type (`queue`, `type`, `waiting`, `oldestSince`). However long
 * the queues are, this looks at a bounded number of jobs: of a queue that holds more than
 * `COUNTED_UP_TO` it counts so many, and the oldest is the oldest of those looked at.
 * @param counts SQL: which jobs count
 */
export function waitingByType(counts = 'true'): string {
  const looked = `SELECT queue, type, ${WAITING_SINCE} AS due FROM "Job" job
    WHERE ${hasStatus('QUEUED')} AND ${counts}`
  return `
  SELECT queue, type, COALESCE(sample.count, 0) AS waiting, LEAST(first.due, sample.due) AS "oldestSince"
  FROM (
    SELECT queue, type, min(due) AS due FROM (${looked} ORDER BY id LIMIT ${COUNTED_UP_TO}) AS oldest
    WHERE queue = ANY ($1::text[]) GROUP BY queue, type
  ) first FULL JOIN (
    SELECT looked.queue, looked.type, count(*)::int AS count, min(looked.due) AS due
    FROM unnest($1::text[]) AS wanted (queue), LATERAL (
      ${looked} AND queue = wanted.queue LIMIT ${COUNTED_UP_TO}) AS looked
    GROUP BY looked.queue, looked.type
  ) sample USING (queue, type)`
}

const NOW = `
SELECT queue, type, COALESCE(waiting, 0) AS waiting, COALESCE(active, 0) AS active, "oldestSince"
FROM (${waitingByType()}) AS line FULL JOIN (
  SELECT queue, type, count(*)::int AS active FROM "Job" job
  WHERE ${hasStatus('ACTIVE')} AND queue = ANY ($1::text[]) GROUP BY queue, type
) AS running USING (queue, type)
`

/** What waits and what runs in these queues, by type; types of which nothing does are left out. */
export async function typesNow(queues: readonly string[]): Promise<TypeNow[]> {
  return (await pool().query<TypeNow>(NOW, [queues])).rows
}

/** What waits and what runs in each of these queues. */
export async function queuesNow(queues: readonly string[]): Promise<Map<string, QueueNow>> {
  const rows = await typesNow(queues)
  return new Map(queues.map((queue) => [queue, sumOf(rows.filter((row) => row.queue === queue))]))
}

function sumOf(rows: TypeNow[]): QueueNow {
  const since = rows.flatMap(({ oldestSince }) => oldestSince?.getTime() ?? [])
  return {
    waiting: rows.reduce((sum, { waiting }) => sum + waiting, 0),
    active: rows.reduce((sum, { active }) => sum + active, 0),
    oldestSince: since.length > 0 ? new Date(Math.min(...since)) : null,
  }
}
