import { pool } from '@/lib/db/pool'
import { logger } from '@/lib/log/logger'
import { addEntries, addEntriesAgain, type QueueEntry } from './entries'
import { handOver } from './hand-over'

let waiting: QueueEntry[] = []

/**
 * Hands committed jobs to their queues in the background. Jobs of one turn of the event loop go
 * together. What fails here stays pending, and the relay finds it.
 */
export function dispatchSoon(entries: QueueEntry[]): void {
  if (waiting.length === 0) setImmediate(flush)
  waiting.push(...entries)
}

function flush(): void {
  const entries = waiting
  waiting = []
  dispatch(entries).catch((error: unknown) => {
    logger('dispatch').warn({ err: error }, 'The relay will hand the jobs over')
  })
}

async function dispatch(entries: QueueEntry[]): Promise<void> {
  const ranBefore = entries.some(({ attempt }) => attempt > 0)
  const { taken, failure } = await handOver(entries, ranBefore ? addEntriesAgain : addEntries)
  if (taken.length > 0) await pool().query(DISPATCHED, [taken])
  if (failure) throw failure
}

/** Takes the ids of jobs that the queue has. */
export const DISPATCHED = `
DELETE FROM "PendingDispatch" WHERE "jobId" = ANY($1::uuid[])
`
