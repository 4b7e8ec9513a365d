import { pool } from '@/lib/db/pool'
import { addEntries, addEntriesAgain, type QueueEntry } from '@/lib/queue/entries'
import { handOver } from '@/lib/queue/hand-over'
import { removeEntriesSoon } from '@/lib/queue/remove'
import { logger } from '@/lib/telemetry/logger'

/** A transaction's jobs beyond so many go one such crowd at a time: a single job waits behind none. */
const CROWD = 50
/** Jobs in crowds that wait for each other here; what is beyond is left to the relay. */
const MAX_CROWDED = 20_000

let waiting: QueueEntry[] = []
let crowded = 0
let lastCrowd: Promise<void> = Promise.resolve()

/**
 * Hands committed jobs to their queues in the background. Jobs of one turn of the event loop go
 * together. What fails here, or finds too much under way, stays pending: the relay hands over by
 * urgency and turn.
 */
export function dispatchSoon(entries: QueueEntry[]): void {
  if (entries.length > CROWD) {
    dispatchCrowd(entries)
    return
  }
  if (waiting.length === 0) setImmediate(dispatchWaiting)
  waiting.push(...entries)
}

function dispatchWaiting(): void {
  const entries = waiting
  waiting = []
  dispatchOrLeave(entries)
}

function dispatchCrowd(entries: QueueEntry[]): void {
  if (crowded + entries.length > MAX_CROWDED) return
  crowded += entries.length
  lastCrowd = lastCrowd
    .then(() => dispatchOrLeave(entries))
    .finally(() => {
      crowded -= entries.length
    })
}

async function dispatchOrLeave(entries: QueueEntry[]): Promise<void> {
  const ranBefore = entries.some(({ attempt }) => attempt > 0)
  try {
    await dispatch(entries, ranBefore ? addEntriesAgain : addEntries)
  } catch (error) {
    logger('dispatch').warn({ err: error }, 'The relay will hand the jobs over')
  }
}

/**
 * Marks what the queue has taken. Without locks on the records: claims of what was just handed over do
 * not wait for the queue's answer to the rest. What was handed over and not marked is handed over
 * again, which changes nothing. What a worker met and a pause holds meanwhile stays so.
 * @param ended jobs that need it no more
 * @param heldBy the pause that held them all, and is over
 * @throws why the queue did not take all
 */
export async function dispatch(
  entries: QueueEntry[],
  add: typeof addEntries | typeof addEntriesAgain,
  ended: QueueEntry[] = [],
  heldBy: string | null = null,
): Promise<void> {
  const { taken, failure } = await handOver(entries, add)
  const done = [...taken, ...ended]
  if (done.length > 0) {
    const { rows } = await pool().query<{ id: string }>(DISPATCHED, [
      done.map(({ id }) => id),
      heldBy,
    ])
    const canceled = new Set(rows.map(({ id }) => id))
    removeEntriesSoon(done.filter(({ id }) => canceled.has(id)))
  }
  if (failure) throw failure
}

/**
 * Takes the ids of jobs that the queue has. Answers those that were canceled or removed on the way:
 * who did that found no entry yet.
 */
const DISPATCHED = `
WITH taken AS (
  SELECT unnest($1::uuid[]) AS id
), marked AS (
  DELETE FROM "PendingDispatch"
  WHERE "jobId" = ANY($1::uuid[]) AND "heldBy" IS NOT DISTINCT FROM $2::uuid
)
SELECT id FROM taken LEFT JOIN "Job" job USING (id) WHERE job.id IS NULL OR job."endedAs" = 'CANCELED'
`
