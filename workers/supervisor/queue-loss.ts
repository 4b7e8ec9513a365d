import { withLease } from '@/lib/db/lease'
import { pool } from '@/lib/db/pool'
import type { RepairKind } from '@/lib/metrics/repairs'
import { queuesReachable } from '@/lib/queue/backend'
import { createLookout, ensureMarker, readMarker } from '@/lib/queue/marker'
import { URGENCIES, urgencyOf } from '@/lib/queue/priority'
import { logger } from '@/lib/telemetry/logger'
import { COMPARISON, comparePage, type OpenStatus } from './compare'
import { createSweep, type Section, type Sweep } from './sweep'

/** How often the queue's marker is looked at, in milliseconds. */
export const QUEUE_WATCH_INTERVAL_MS = 1_000

const RECORDED = `SELECT marker FROM "QueueMarker" WHERE id = 1`

const RECORD = `
INSERT INTO "QueueMarker" (id, marker) VALUES (1, $1)
ON CONFLICT (id) DO UPDATE SET marker = excluded.marker
`

const LATER = ['RETRYING', 'ACTIVE', 'SCHEDULED'] as const

/**
 * Notices that the queue is not the one jobs were handed to: emptied, replaced, or moved between
 * Redis and PostgreSQL. Then hands every open job over, the most urgent and oldest first. One that
 * came back in an older state is compared whole, at once. Nothing about the jobs is written: who goes
 * on after a process that died compares from the start, which is quick.
 * @returns a function that looks once; its signal breaks off what it found to do
 */
export function createQueueLossWatch(): (stopping?: AbortSignal) => Promise<void> {
  const wentBack = createLookout()
  let known: string | undefined
  let filling: { marker: string; sweep: Sweep } | undefined
  let comparing: Sweep | undefined
  return async (stopping) => {
    if (!queuesReachable()) return
    if (await wentBack()) comparing = createSweep(sections('entry_missing', ['QUEUED', ...LATER]))
    const marker = await ensureMarker()
    if (marker !== known && (await recordedMarker()) !== marker) {
      if (filling?.marker !== marker) filling = { marker, sweep: createSweep(fillingSections()) }
      if (!(await finishes(filling.sweep, stopping)) || (await readMarker()) !== marker) return
      await pool().query(RECORD, [marker])
    }
    if (marker !== known) {
      // What is missing in a new queue was added while it was filled, here or elsewhere.
      known = marker
      filling = undefined
      comparing = undefined
    }
    if (comparing && (await finishes(comparing, stopping))) comparing = undefined
  }
}

async function recordedMarker(): Promise<string | undefined> {
  return (await pool().query<{ marker: string }>(RECORDED)).rows[0]?.marker
}

/** Whether the sweep has come to its end; not while somebody else compares. */
async function finishes(sweep: Sweep, stopping: AbortSignal | undefined): Promise<boolean> {
  const swept = await withLease(COMPARISON, (renew) =>
    sweep(async () => !stopping?.aborted && renew()),
  )
  if (swept?.repaired) {
    logger('queue').warn({ jobs: swept.repaired }, 'The queue is a new or older one; refilling it')
  }
  return swept?.whole ?? false
}

function fillingSections(): Section[] {
  return [...mostUrgentFirst(), ...sections('queue_lost', LATER)]
}

function sections(kind: RepairKind, statuses: readonly OpenStatus[]): Section[] {
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
