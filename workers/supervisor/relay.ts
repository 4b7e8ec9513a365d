import { withLease } from '@/lib/db/lease'
import { pool } from '@/lib/db/pool'
import { CHANGES_CHANNEL, IDS_PER_NOTIFICATION } from '@/lib/jobs/announce'
import { dispatch } from '@/lib/jobs/transitions/dispatch'
import { releaseJobs } from '@/lib/jobs/transitions/release'
import { queuesReachable } from '@/lib/queue/backend'
import { addEntriesAgain } from '@/lib/queue/entries'
import { ENDED_PAUSES, readEndedPauses, readOutstanding } from './outstanding'

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
  EXISTS (SELECT 1 FROM "PendingDispatch" WHERE "heldBy" IS NULL) OR EXISTS (${ENDED_PAUSES}) AS outstanding
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
    while ((await relayRound()) && !stopping?.aborted && (await renew()));
  })
}

async function lookOnce(): Promise<Look | undefined> {
  return (await pool().query<Look>(LOOK)).rows[0]
}

/**
 * Some of what nobody handed over, and some of what each pause held that is over: however much that is,
 * what is new does not wait for it.
 * @returns whether there may be more
 */
async function relayRound(): Promise<boolean> {
  let isMore = false
  for (const heldBy of [null, ...(await readEndedPauses())]) {
    if ((await relayBatch(heldBy)) === BATCH) isMore = true
  }
  return isMore
}

/** @returns how many jobs are outstanding no more */
async function relayBatch(heldBy: string | null): Promise<number> {
  const outstanding = await readOutstanding(BATCH, heldBy)
  const ended = outstanding.filter((job) => job.ended)
  const waiting = outstanding.filter((job) => !job.ended)
  const open = heldBy ? await releaseJobs(waiting) : waiting
  await dispatch(open, addEntriesAgain, ended, heldBy)
  return open.length + ended.length
}
