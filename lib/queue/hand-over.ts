import { byQueue } from './by-queue'
import { addEntries, type addEntriesAgain, type QueueEntry } from './entries'

/** Entries per call to the queue. */
const CHUNK = 1_000

export type HandOver = {
  /** Those that the queue has now. */
  taken: QueueEntry[]
  /** Why the queue did not take the others. */
  failure?: unknown
}

/**
 * Puts committed jobs into their queues. Never throws, and never waits long for a queue that is away:
 * each call ends by its client's own limit, and after one that failed no other begins.
 * @param add how; default: as new ones
 */
export async function handOver(
  entries: QueueEntry[],
  add: typeof addEntries | typeof addEntriesAgain = addEntries,
): Promise<HandOver> {
  const taken: QueueEntry[] = []
  const results = await Promise.allSettled(
    [...byQueue(entries)].map(async ([name, ofQueue]) => {
      for (let start = 0; start < ofQueue.length; start += CHUNK) {
        const chunk = ofQueue.slice(start, start + CHUNK)
        await add(name, chunk)
        taken.push(...chunk)
      }
    }),
  )
  const failure = results.find((result) => result.status === 'rejected')
  return failure ? { taken, failure: failure.reason } : { taken }
}
