import type { JobsOptions } from 'bullmq'
import { queue } from './backend'
import { queuePriority } from './priority'

/** A job as the queue needs to know it: never a person's data. */
export type QueueEntry = {
  id: string
  type: string
  queue: string
  /** 1 is the most urgent. */
  priority: number
  /** Its turn among the jobs of the same urgency; lower goes first. */
  turn: number
  /** Attempts already made; 0 for a job that never ran. */
  attempt: number
  maxAttempts: number
  /** Milliseconds from now until it may run. */
  delayMs: number
}

const KEEP_COMPLETED = { age: 24 * 3600, count: 1_000 }
const KEEP_FAILED = { count: 5_000 }

function options(entry: QueueEntry): JobsOptions {
  return {
    jobId: entry.id,
    priority: queuePriority(entry),
    delay: Math.max(0, Math.round(entry.delayMs)),
    attempts: Math.max(1, entry.maxAttempts - entry.attempt),
    backoff: { type: 'record' },
    removeOnComplete: KEEP_COMPLETED,
    removeOnFail: KEEP_FAILED,
  }
}

/**
 * Puts jobs of one queue into it. An entry that is there already is left alone, except one that
 * ended: a job that runs again after that needs a new entry.
 */
export async function addEntries(queueName: string, entries: QueueEntry[]): Promise<void> {
  const target = await queue(queueName)
  const again = entries.filter(({ attempt }) => attempt > 0)
  await Promise.all(again.map(({ id }) => removeEnded(queueName, id)))
  await target.addBulk(
    entries.map((entry) => ({
      name: entry.type,
      data: { id: entry.id },
      opts: options(entry),
    })),
  )
}

async function removeEnded(queueName: string, id: string): Promise<void> {
  const target = await queue(queueName)
  const state = await target.getJobState(id)
  if (state === 'completed' || state === 'failed') await target.remove(id)
}

/** Takes a job's entry out of its queue, unless a worker holds it; false when it was not there or is held. */
export async function removeEntry(queueName: string, id: string): Promise<boolean> {
  const target = await queue(queueName)
  const state = await target.getJobState(id)
  if (state === 'active' || state === 'unknown') return false
  return (await target.remove(id)) === 1
}

/** Lets those of these entries that still wait for their time run now. */
export async function promoteEntries(queueName: string, ids: string[]): Promise<void> {
  const target = await queue(queueName)
  const states = await Promise.all(ids.map((id) => target.getJobState(id)))
  const delayed = ids.filter((_, index) => states[index] === 'delayed')
  const entries = await Promise.all(delayed.map((id) => target.getJob(id)))
  // One that a worker took meanwhile needs no promotion.
  await Promise.allSettled(entries.map((entry) => entry?.promote()))
}

/** Removes entries that ended at least `graceMs` ago. @returns how many */
export async function removeEndedEntries(
  queueName: string,
  state: 'completed' | 'failed',
  graceMs: number,
): Promise<number> {
  const target = await queue(queueName)
  return (await target.clean(graceMs, Number.MAX_SAFE_INTEGER, state)).length
}
