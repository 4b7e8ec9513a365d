import { pool } from '@/lib/db/pool'
import { readInOrder } from '@/lib/db/read-in-order'
import type { QueueEntry } from '@/lib/queue/entries'

const OPEN = `status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING')`

const ENTRY = `id, type, queue, priority, turn, attempt, "maxAttempts",
  GREATEST(0, EXTRACT(EPOCH FROM CASE status
    WHEN 'SCHEDULED' THEN "runAt" WHEN 'RETRYING' THEN "nextAttemptAt" ELSE now()
  END - now()) * 1000)::float8 AS "delayMs"`

/** Never a cursor on ids: commit order is not id order. */
const OUTSTANDING = `
SELECT ${ENTRY} FROM "Job" WHERE "dispatchedAt" IS NULL AND ${OPEN}
ORDER BY "createdAt" LIMIT $1
`

const BY_ID = `
SELECT ${ENTRY} FROM "Job" WHERE id = ANY($1::uuid[]) AND "dispatchedAt" IS NOT NULL AND ${OPEN}
`

/** Open jobs that nobody has handed over yet, oldest first. */
export function readOutstanding(limit: number): Promise<QueueEntry[]> {
  return readInOrder<QueueEntry>(OUTSTANDING, [limit])
}

/** Of these jobs, those that are open and were handed over: what the queue should know of them. */
export async function readEntries(ids: string[]): Promise<QueueEntry[]> {
  return (await pool().query<QueueEntry>(BY_ID, [ids])).rows
}
