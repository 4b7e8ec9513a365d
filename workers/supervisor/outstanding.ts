import { pool } from '@/lib/db/pool'
import { readInOrder } from '@/lib/db/read-in-order'
import type { QueueEntry } from '@/lib/queue/entries'

const ENTRY = `job.id, job.type, job.queue, job.priority, job.turn, job.attempt, job."maxAttempts",
  GREATEST(0, EXTRACT(EPOCH FROM CASE status
    WHEN 'SCHEDULED' THEN "runAt" WHEN 'RETRYING' THEN "nextAttemptAt" ELSE now()
  END - now()) * 1000)::float8 AS "delayMs"`

/** Never a cursor on ids: commit order is not id order. */
const OUTSTANDING = `
SELECT ${ENTRY}, job."endedAs" IS NOT NULL AS ended
FROM "PendingDispatch" pending JOIN "Job" job ON job.id = pending."jobId"
ORDER BY pending.priority, pending.turn LIMIT $1
`

const BY_ID = `
SELECT ${ENTRY} FROM "Job" job WHERE id = ANY($1::uuid[]) AND "endedAs" IS NULL
  AND NOT EXISTS (SELECT 1 FROM "PendingDispatch" WHERE "jobId" = job.id)
`

/** A job that nobody has handed over; one that has ended needs it no more. */
export type Outstanding = QueueEntry & { ended: boolean }

/** Jobs that nobody has handed over yet, the most urgent first, and of these whoever's turn it is. */
export function readOutstanding(limit: number): Promise<Outstanding[]> {
  return readInOrder<Outstanding>(OUTSTANDING, [limit])
}

/** Of these jobs, those that are open and were handed over: what the queue should know of them. */
export async function readEntries(ids: string[]): Promise<QueueEntry[]> {
  return (await pool().query<QueueEntry>(BY_ID, [ids])).rows
}
