import type { JobType as EntryState } from 'bullmq'
import { queue } from './backend'

/** States of an entry that will still be delivered. */
const LIVE: EntryState[] = ['waiting', 'prioritized', 'delayed', 'active']

/** How many entries of the queue will still be delivered. */
export async function countLive(queueName: string): Promise<number> {
  const target = await queue(queueName)
  const counts = await target.getJobCounts(...LIVE)
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** Ids of entries that will still be delivered, at most `limit` of each state. */
export async function liveIds(queueName: string, limit: number): Promise<Set<string>> {
  const target = await queue(queueName)
  return new Set(await target.getRanges(LIVE, 0, limit - 1))
}

/**
 * Of these jobs, those whose entry will not be delivered: it is gone, or has ended. Ended entries
 * are removed, so that the job can be added again.
 */
export async function undeliverable(queueName: string, ids: string[]): Promise<string[]> {
  const target = await queue(queueName)
  const states = await Promise.all(ids.map((id) => target.getJobState(id)))
  const ended = ids.filter(
    (_, index) => states[index] === 'completed' || states[index] === 'failed',
  )
  await Promise.all(ended.map((id) => target.remove(id)))
  return ids.filter((id, index) => states[index] === 'unknown' || ended.includes(id))
}
