import { pool } from '@/lib/db/pool'
import { readInOrder } from '@/lib/db/read-in-order'
import { ENDED_PAUSES } from '@/lib/jobs/pauses/pause'
import type { QueueEntry } from '@/lib/queue/entries'

const ENTRY = `job.id, job.type, job.queue, job.priority, job.turn, job.attempt, job."maxAttempts",
  GREATEST(0, EXTRACT(EPOCH FROM CASE status
    WHEN 'SCHEDULED' THEN "runAt" WHEN 'RETRYING' THEN "nextAttemptAt" ELSE now()
  END - now()) * 1000)::float8 AS "delayMs"`

/** Never a cursor on ids: commit order is not id order. The whole index is named, or it would sort. */
const outstanding = (heldBy: string) => `
SELECT ${ENTRY}, job."endedAs" IS NOT NULL AS ended
FROM "PendingDispatch" pending JOIN "Job" job ON job.id = pending."jobId"
WHERE pending."heldBy" ${heldBy}
ORDER BY pending."heldBy", pending.priority, pending.turn LIMIT $1
`

const BY_ID = `
SELECT ${ENTRY} FROM "Job" job WHERE id = ANY($1::uuid[]) AND "endedAs" IS NULL
  AND NOT EXISTS (SELECT 1 FROM "PendingDispatch" WHERE "jobId" = job.id)
`

/** A job that nobody has handed over; one that has ended needs it no more. */
export type Outstanding = QueueEntry & { ended: boolean }

/**
 * Jobs that nobody has handed over yet, the most urgent first, and of these whoever's turn it is.
 * @param heldBy those that this pause holds; null: those that none does
 */
export function readOutstanding(limit: number, heldBy: string | null): Promise<Outstanding[]> {
  return heldBy === null
    ? readInOrder<Outstanding>(outstanding('IS NULL'), [limit])
    : readInOrder<Outstanding>(outstanding('= $2::uuid'), [limit, heldBy])
}

/** Pauses that are over and still hold jobs. */
export async function readEndedPauses(): Promise<string[]> {
  return (await pool().query<{ id: string }>(ENDED_PAUSES)).rows.map(({ id }) => id)
}

/** Of these jobs, those that are open and were handed over: what the queue should know of them. */
export async function readEntries(ids: string[]): Promise<QueueEntry[]> {
  return (await pool().query<QueueEntry>(BY_ID, [ids])).rows
}
