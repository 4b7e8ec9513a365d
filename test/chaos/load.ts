import { setTimeout as pause } from 'node:timers/promises'
import type { z } from 'zod'
import { waitUntil } from '@/bin/postgres/processes'
import { pool } from '@/lib/db/pool'
import type { EnqueueOptions } from '@/lib/jobs/request'
import { queue } from '@/lib/queue/backend'
import { submit } from '@/test/support/engine'
import { probe } from '@/test/support/probe'
import { BALLAST } from './ballast'
import { slow } from './jobs'
import type { Stage } from './stage'

type ProbeInput = z.input<typeof probe.input>
type SlowInput = Omit<z.input<typeof slow.input>, 'ledger'>

/** Enqueues one probe, and notes it once its transaction is committed; its id. */
export async function enqueueProbe(
  { ledger }: Stage,
  input: ProbeInput = {},
  options: Partial<EnqueueOptions> = {},
): Promise<string> {
  const { id } = await submit(probe, { ledger: ledger.effectsFile, ...input }, options)
  ledger.acknowledge(id)
  return id
}

/** Enqueues so many probes, one after the other. */
export async function enqueueProbes(
  stage: Stage,
  count: number,
  input: ProbeInput = {},
): Promise<string[]> {
  const ids: string[] = []
  for (let made = 0; made < count; made++) ids.push(await enqueueProbe(stage, input))
  return ids
}

/** Enqueues one job that takes its time, and notes it; its id. */
export async function enqueueSlow(
  { ledger }: Stage,
  input: SlowInput,
  options: Partial<EnqueueOptions> = {},
): Promise<string> {
  const { id } = await submit(slow, { ledger: ledger.effectsFile, ...input }, options)
  ledger.acknowledge(id)
  return id
}

/** Goes on enqueuing until it is stopped. */
export function keepEnqueuing(stage: Stage, everyMs: number) {
  let stopped = false
  const loop = async () => {
    while (!stopped) {
      await enqueueProbe(stage)
      await pause(everyMs)
    }
  }
  const done = loop()
  done.catch(() => undefined)
  return {
    /** @throws when a job could not be enqueued */
    async stop(): Promise<void> {
      stopped = true
      await done
    },
  }
}

/** Waits until handlers have run so many times. @throws when they have not in time */
export async function untilRan({ ledger }: Stage, times: number, limitMs = 30_000): Promise<void> {
  const ran = await waitUntil(() => ledger.effects().length >= times, limitMs)
  if (!ran) throw new Error(`Only ${ledger.effects().length} of ${times} handlers ran`)
}

const OPEN = `
SELECT count(*)::int AS open FROM "Job"
WHERE status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING') AND NOT ($2 = ANY (tags))
  AND ($1::uuid[] IS NULL OR id = ANY($1))
`

/** Waits until these jobs, or all, have ended; false when they have not in time. */
export function untilEnded(limitMs: number, ids?: string[]): Promise<boolean> {
  return waitUntil(async () => {
    await pause(100)
    const { rows } = await pool().query<{ open: number }>(OPEN, [ids ?? null, BALLAST])
    return rows[0]?.open === 0
  }, limitMs)
}

/** The same as a list of problems. */
export async function endedProblems(limitMs: number, ids?: string[]): Promise<string[]> {
  return (await untilEnded(limitMs, ids)) ? [] : ['Not all jobs ended in time']
}

/** Waits until so many entries wait in a queue, which it says itself. @throws when they do not in time */
export async function untilQueued(name: string, count: number, limitMs: number): Promise<void> {
  let found = 0
  const queued = await waitUntil(async () => {
    await pause(250)
    found = await queuedIn(name).catch(() => 0)
    return found >= count
  }, limitMs)
  if (!queued) throw new Error(`Only ${found} of ${count} jobs wait in the queue ${name}`)
}

/** How many entries wait in a queue. */
export async function queuedIn(name: string): Promise<number> {
  const counts = await (await queue(name)).getJobCounts('waiting', 'prioritized', 'delayed')
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** Milliseconds from `since` until the last of these jobs had ended. */
export async function lastEndAfter(since: number, ids: string[]): Promise<number> {
  const { rows } = await pool().query<{ last: Date | null; open: number }>(
    `SELECT max("finishedAt") AS last, count(*) FILTER (WHERE "finishedAt" IS NULL)::int AS open
     FROM "Job" WHERE id = ANY($1::uuid[])`,
    [ids],
  )
  const [row] = rows
  if (!row?.last || row.open > 0) return Number.POSITIVE_INFINITY
  return Math.max(0, row.last.getTime() - since)
}

type Restarts = { count: number; last: Date | null }

/** How many attempts ran again for this reason, and how long after `since` the last of them began. */
export async function nextAttemptsAfter(since: number, reason: 'WORKER_LOST' | 'WORKER_SHUTDOWN') {
  const { rows } = await pool().query<Restarts>(
    'SELECT count(*)::int AS count, max("startedAt") AS last FROM "Attempt" WHERE reason = $1::"AttemptReason"',
    [reason],
  )
  const { count, last } = rows[0] ?? { count: 0, last: null }
  return { count, recoveryMs: last ? Math.max(0, last.getTime() - since) : 0 }
}
