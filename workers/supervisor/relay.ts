import { withLease } from '@/lib/db/lease'
import { dispatch } from '@/lib/jobs/transitions/dispatch'
import { DUE_TOGETHER, queueDueJobs } from '@/lib/jobs/transitions/due'
import { queuesReachable } from '@/lib/queue/backend'
import { addEntriesAgain } from '@/lib/queue/entries'
import { readOutstanding } from './outstanding'

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
    while ((await relayBatch()) === BATCH && !stopping?.aborted && (await renew()));
  })
}

/** @returns how many jobs the batch had */
async function relayBatch(): Promise<number> {
  const outstanding = await readOutstanding(BATCH)
  const ended = outstanding.filter((job) => job.ended)
  const open = outstanding.filter((job) => !job.ended)
  await dispatch(open, addEntriesAgain, ended)
  return outstanding.length
}
