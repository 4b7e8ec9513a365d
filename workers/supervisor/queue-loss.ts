import { withLease } from '@/lib/db/lease'
import { pool } from '@/lib/db/pool'
import { logger } from '@/lib/log/logger'
import { queuesReachable } from '@/lib/queue/backend'
import { createLookout, ensureMarker, readMarker } from '@/lib/queue/marker'
import { URGENCIES, urgencyOf } from '@/lib/queue/priority'
import { COMPARISON, comparePage, DUE_STATUSES } from './compare'
import { createSweep, type Section } from './sweep'

/** How often the queue's marker is looked at, in milliseconds. */
export const QUEUE_WATCH_INTERVAL_MS = 1_000

const RECORDED = `SELECT marker FROM "QueueMarker" WHERE id = 1`

const RECORD = `
INSERT INTO "QueueMarker" (id, marker) VALUES (1, $1)
ON CONFLICT (id) DO UPDATE SET marker = excluded.marker
`

/**
 * Notices that the queue is not the one jobs were handed to: emptied, replaced, or moved between
 * Redis and PostgreSQL. Then hands everything over again. One that came back in an older state is
 * compared whole, at once.
 */
export function createQueueLossWatch(): () => Promise<void> {
  const wentBack = createLookout()
  let known: string | undefined
  let isOlder = false
  return async () => {
    if (!queuesReachable()) return
    isOlder = (await wentBack()) || isOlder
    const marker = await ensureMarker()
    if (marker !== known) {
      const { rows } = await pool().query<{ marker: string }>(RECORDED)
      if (rows[0]?.marker !== marker && !(await refill(marker))) return
      known = marker
    }
    if (isOlder && (await compareAll())) isOlder = false
  }
}

/**
 * Hands every open job over, the most urgent and oldest first. Nothing about the jobs is written: who
 * goes on after a process that died in between compares from the start, which is quick.
 * @returns whether the queue of this marker has them all now
 */
async function refill(marker: string): Promise<boolean> {
  const refilled = await sweepAll([...mostUrgentFirst(), ...sections('queue_lost', LATER)])
  if (refilled === undefined) return false
  if (refilled > 0) {
    logger('queue').warn({ jobs: refilled }, 'The queue was a new one; it has been refilled')
  }
  if ((await readMarker()) !== marker) return false
  await pool().query(RECORD, [marker])
  return true
}

async function compareAll(): Promise<boolean> {
  const repaired = await sweepAll(sections('entry_missing', [...DUE_STATUSES, 'SCHEDULED']))
  if (repaired) {
    logger('queue').warn({ jobs: repaired }, 'The queue had gone back; what it lost is in it again')
  }
  return repaired !== undefined
}

const LATER = ['RETRYING', 'ACTIVE', 'SCHEDULED'] as const

function sections(
  kind: 'queue_lost' | 'entry_missing',
  statuses: readonly Parameters<typeof comparePage>[0][],
): Section[] {
  return statuses.map((status) => (from) => comparePage(status, from, kind))
}

/** The waiting jobs, once for each urgency that there is. */
function mostUrgentFirst(): Section[] {
  const met = new Set<number>()
  return URGENCIES.map((urgency, index) => async (from) => {
    if (index > 0 && !met.has(urgency)) return { repaired: 0, next: null }
    return comparePage('QUEUED', from, 'queue_lost', ({ priority }) => {
      met.add(urgencyOf(priority))
      return urgencyOf(priority) === urgency
    })
  })
}

/** @returns how many jobs were handed over; undefined while somebody else compares, or took over */
async function sweepAll(all: Section[]): Promise<number | undefined> {
  const swept = await withLease(COMPARISON, (renew) => createSweep(all)(renew))
  return swept?.whole ? swept.repaired : undefined
}
