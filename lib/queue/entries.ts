import type { JobsOptions } from 'bullmq'
import { queue } from './backend'
import { entryStates } from './inspect'
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

/** Removals under way at the same time. */
const AT_ONCE = 50

/** Puts jobs of one queue into it. Of a job that the queue has anything of already it takes nothing. */
export async function addEntries(queueName: string, entries: QueueEntry[]): Promise<void> {
  const target = await queue(queueName)
  await target.addBulk(
    entries.map((entry) => ({
      name: entry.type,
      data: { id: entry.id },
      opts: options(entry),
    })),
  )
}

/** The same for jobs that were in the queue before: what is left of that makes room first. */
export async function addEntriesAgain(queueName: string, entries: QueueEntry[]): Promise<void> {
  const states = await entryStates(
    queueName,
    entries.map(({ id }) => id),
  )
  const isLeftover = ({ id }: QueueEntry) => states.get(id) === 'leftover'
  await removeLeftovers(
    queueName,
    entries.filter(isLeftover).map(({ id }) => id),
  )
  await addEntries(queueName, entries)
}

/** Removes what is left of entries that will never be delivered; one that a worker holds stays. */
export async function removeLeftovers(queueName: string, ids: string[]): Promise<void> {
  const target = await queue(queueName)
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    await Promise.all(ids.slice(start, start + AT_ONCE).map((id) => target.remove(id)))
  }
}

/** Takes these jobs' entries out of their queue, except those that a worker holds. @returns how many */
export async function removeEntries(queueName: string, ids: string[]): Promise<number> {
  let removed = 0
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE)
    const answers = await Promise.all(some.map((id) => removeEntry(queueName, id)))
    removed += answers.filter(Boolean).length
  }
  return removed
}

/** Takes a job's entry out of its queue, unless a worker holds it; false when it was not there or is held. */
async function removeEntry(queueName: string, id: string): Promise<boolean> {
  const target = await queue(queueName)
  const state = await target.getJobState(id)
  if (state === 'active' || state === 'unknown') return false
  return (await target.remove(id)) === 1
}

/** Lets those of these entries that still wait for their time run now. */
export async function promoteEntries(queueName: string, ids: string[]): Promise<void> {
  const target = await queue(queueName)
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = await Promise.all(ids.slice(start, start + AT_ONCE).map((id) => target.getJob(id)))
    // One that waits for no time, or that a worker took meanwhile, needs no promotion.
    await Promise.allSettled(some.map((entry) => entry?.promote()))
  }
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
