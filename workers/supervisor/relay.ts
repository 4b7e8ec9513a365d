import { withLease } from '@/lib/db/lease'
import { pool } from '@/lib/db/pool'
import { CHANGES_CHANNEL, IDS_PER_NOTIFICATION } from '@/lib/jobs/announce'
import { dispatch } from '@/lib/jobs/transitions/dispatch'
import { queuesReachable } from '@/lib/queue/backend'
import { addEntriesAgain } from '@/lib/queue/entries'
import { readOutstanding } from './outstanding'

/** How often the relay looks, in milliseconds: the longest a job waits for a queue that answers. */
export const RELAY_INTERVAL_MS = 1_000

const BATCH = 1_000

/** Some due scheduled jobs become queued; answers whether any job's dispatch is outstanding. */
const LOOK = `
WITH due AS (
  UPDATE "Job" SET status = 'QUEUED' WHERE id IN (
    SELECT id FROM "Job" WHERE "waitsAs" = 'SCHEDULED' AND "runAt" <= now()
    LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
  RETURNING id
), parts AS (
  SELECT id, (row_number() OVER () - 1) / ${IDS_PER_NOTIFICATION} AS part FROM due
), announced AS (
  SELECT pg_notify('${CHANGES_CHANNEL}', string_agg(id::text, ',')) FROM parts GROUP BY part
)
SELECT (SELECT count(*) FROM announced) AS announced, (SELECT count(*)::int FROM due) AS due,
  EXISTS (SELECT 1 FROM "PendingDispatch") AS outstanding
`

type Look = { due: number; outstanding: boolean }

/**
 * Hands over what nobody has handed over yet; ends when nothing is left or the queue is away.
 * @param stopping breaks off between two batches
 */
export async function relay(stopping?: AbortSignal): Promise<void> {
  let look = await lookOnce()
  while (look?.due === BATCH && !stopping?.aborted) look = await lookOnce()
  if (!look?.outstanding || !queuesReachable()) return
  await withLease('relay', async (renew) => {
    while ((await relayBatch()) === BATCH && !stopping?.aborted && (await renew()));
  })
}

async function lookOnce(): Promise<Look | undefined> {
  return (await pool().query<Look>(LOOK)).rows[0]
}

/** @returns how many jobs the batch had */
async function relayBatch(): Promise<number> {
  const outstanding = await readOutstanding(BATCH)
  const ended = outstanding.filter((job) => job.ended)
  const open = outstanding.filter((job) => !job.ended)
  await dispatch(open, addEntriesAgain, ended)
  return outstanding.length
}
