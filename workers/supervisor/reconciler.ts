import type pg from 'pg'
import { pool } from '@/lib/db/pool'
import { logger } from '@/lib/log/logger'
import { countRepairs } from '@/lib/metrics/repairs'
import { queuesReachable } from '@/lib/queue/backend'
import { promoteEntries, removeEntry } from '@/lib/queue/entries'
import { countLive, liveIds, undeliverable } from '@/lib/queue/inspect'

/** How often records and queues are compared, in milliseconds. */
export const RECONCILE_INTERVAL_MS = 30_000

/** Equal counts may hide one missing and one surplus entry: every so often all are compared. */
const FULL_EVERY = 20
/** Most ids compared per queue and run; the next run goes on where this one ended. */
const WINDOW = 20_000
/** Most entries looked up one by one per queue and run. */
const MAX_LOOKUPS = 1_000

/** Names this loop among the database's advisory locks; any number no other lock uses. */
const LOCK = 7_242_001

const OPEN = `status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING') AND "dispatchedAt" IS NOT NULL`

/**
 * Jobs whose time has come, and came a while ago. An entry that still waits then was put off by a
 * worker whose clock is wrong: BullMQ reckons with the clock of whoever asks, the records with one.
 */
const OVERDUE = `
SELECT id FROM "Job"
WHERE queue = $1 AND status IN ('QUEUED', 'RETRYING') AND ("runAt" > "createdAt" OR attempt > 0)
  AND COALESCE("nextAttemptAt", "runAt") < now() - interval '5 seconds'
LIMIT ${MAX_LOOKUPS}
`

const START = '00000000-0000-0000-0000-000000000000'

/**
 * Compares records with queues, one process at a time. Dispatched but unknown to the queue: handed
 * over again. Ended here but still in the queue: removed there. Due here but put off in the queue: let
 * run.
 * @returns a function that makes one comparison and answers how many repairs it made
 */
export function createReconciler(queueNames: readonly string[]): () => Promise<number> {
  const cursors = new Map<string, string>()
  let runs = 0
  return async () => {
    if (!queuesReachable()) return 0
    return withLock(async (client) => {
      const full = runs++ % FULL_EVERY === 0
      let repairs = 0
      for (const name of queueNames) {
        repairs += await reconcile(client, name, full, cursors)
        await promoteOverdue(client, name)
      }
      if (repairs > 0) logger('reconciler').warn({ repairs }, 'Records and queues differed')
      return repairs
    })
  }
}

async function withLock(work: (client: pg.PoolClient) => Promise<number>): Promise<number> {
  const client = await pool().connect()
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS taken',
      [LOCK],
    )
    if (!rows[0]?.taken) return 0
    try {
      return await work(client)
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCK])
    }
  } finally {
    client.release()
  }
}

async function reconcile(
  client: pg.PoolClient,
  name: string,
  full: boolean,
  cursors: Map<string, string>,
): Promise<number> {
  const open = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "Job" WHERE queue = $1 AND ${OPEN}`,
    [name],
  )
  if (!full && (await countLive(name)) === open.rows[0]?.count) return 0

  const present = await liveIds(name, WINDOW)
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM "Job"
     WHERE queue = $1 AND id > $2::uuid AND ${OPEN} AND "dispatchedAt" < now() - interval '5 seconds'
     ORDER BY id LIMIT ${WINDOW}`,
    [name, cursors.get(name) ?? START],
  )
  cursors.set(name, rows.length === WINDOW ? (rows.at(-1)?.id ?? START) : START)
  const missing = rows.map(({ id }) => id).filter((id) => !present.has(id))
  const handedOver = await handOverAgain(client, name, missing)
  await countRepairs('entry_missing', handedOver)
  const removed = await removeSurplus(client, name, present)
  await countRepairs('entry_surplus', removed)
  return handedOver + removed
}

/** Not counted as a repair: where all workers are busy, BullMQ promotes late as well. */
async function promoteOverdue(client: pg.PoolClient, name: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(OVERDUE, [name])
  if (rows.length > 0) {
    await promoteEntries(
      name,
      rows.map(({ id }) => id),
    )
  }
}

async function handOverAgain(
  client: pg.PoolClient,
  name: string,
  candidates: string[],
): Promise<number> {
  const lost = await undeliverable(name, candidates.slice(0, MAX_LOOKUPS))
  if (lost.length === 0) return 0
  const { rowCount } = await client.query(
    `UPDATE "Job" SET "dispatchedAt" = NULL WHERE id = ANY($1::uuid[]) AND ${OPEN}`,
    [lost],
  )
  return rowCount ?? 0
}

async function removeSurplus(
  client: pg.PoolClient,
  name: string,
  present: Set<string>,
): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT entry.id FROM unnest($1::uuid[]) AS entry(id) LEFT JOIN "Job" job ON job.id = entry.id
     WHERE job.id IS NULL OR job.status IN ('COMPLETED', 'FAILED', 'CANCELED')
     LIMIT ${MAX_LOOKUPS}`,
    [[...present]],
  )
  const removed = await Promise.all(rows.map(({ id }) => removeEntry(name, id)))
  return removed.filter(Boolean).length
}
