import { withLease } from '@/lib/db/lease'
import { dispatch } from '@/lib/jobs/transitions/dispatch'
import { DUE_TOGETHER, queueDueJobs } from '@/lib/jobs/transitions/due'
import { releaseJobs } from '@/lib/jobs/transitions/release'
import { queuesReachable } from '@/lib/queue/backend'
import { addEntriesAgain } from '@/lib/queue/entries'
import { readEndedPauses, readOutstanding } from './outstanding'

/** How often the relay looks, in milliseconds: the longest a job waits for a queue that answers. */
export const RELAY_INTERVAL_MS = 1_000

const BATCH = 1_000

/**
 * Hands over what nobody has handed over yet; ends when nothing is left or the queue is away.
 * @param stopping breaks off between two batches
 */
export async function relay(stopping?: AbortSignal): Promise<void> {
  let look = await queueDueJobs()
  while (look.due === DUE_TOGETHER && !stopping?.aborted) look = await queueDueJobs()
  if (!look.outstanding || !queuesReachable()) return
  await withLease('relay', async (renew) => {
    while ((await relayRound()) && !stopping?.aborted && (await renew()));
  })
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
