import { setTimeout as pause } from 'node:timers/promises'
import type { z } from 'zod'
import { waitUntil } from '@/bin/postgres/processes'
import { pool } from '@/lib/db/pool'
import type { EnqueueOptions } from '@/lib/jobs/enqueue'
import { submit } from '@/test/support/engine'
import { probe } from '@/test/support/probe'
import type { Stage } from './stage'

type ProbeInput = z.input<typeof probe.input>

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
WHERE status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING') AND ($1::uuid[] IS NULL OR id = ANY($1))
`

/** Waits until these jobs, or all, have ended; false when they have not in time. */
export function untilEnded(limitMs: number, ids?: string[]): Promise<boolean> {
  return waitUntil(async () => {
    await pause(100)
    const { rows } = await pool().query<{ open: number }>(OPEN, [ids ?? null])
    return rows[0]?.open === 0
  }, limitMs)
}

/** Milliseconds from `since` until the last of these jobs had ended. */
export async function lastEndAfter(since: number, ids: string[]): Promise<number> {
  const { rows } = await pool().query<{ last: Date | null }>(
    'SELECT max("finishedAt") AS last FROM "Job" WHERE id = ANY($1::uuid[])',
    [ids],
  )
  return Math.max(0, (rows[0]?.last?.getTime() ?? Number.POSITIVE_INFINITY) - since)
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
