import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { producerClient, queue } from '@/lib/queue/backend'
import { addEntries } from '@/lib/queue/entries'
import { entryStates } from '@/lib/queue/inspect'
import { readMarker } from '@/lib/queue/marker'
import { recordJobs } from '@/test/support/many-jobs'
import { ownRedis } from '@/test/support/own-redis'
import { forgetDispatch } from '@/test/support/pending-dispatch'
import { repairsOf } from '@/test/support/repairs'
import { readEntries } from '@/workers/supervisor/outstanding'
import { createQueueLossWatch } from '@/workers/supervisor/queue-loss'
import { relay } from '@/workers/supervisor/relay'

const SLOWEST = `
SELECT COALESCE(max(EXTRACT(EPOCH FROM clock_timestamp() - query_start)), 0)::float8 AS seconds
FROM pg_stat_activity
WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()
`

/** Looks, while `work` runs, for how long any statement was under way; in seconds. */
async function slowestDuring(work: Promise<unknown>): Promise<number> {
  let slowest = 0
  let isOver = false
  const over = work.finally(() => {
    isOver = true
  })
  while (!isOver) {
    const { rows } = await pool().query<{ seconds: number }>(SLOWEST)
    slowest = Math.max(slowest, rows[0]?.seconds ?? 0)
    await pause(20)
  }
  await over
  return slowest
}

const waiting = async () => (await queue('probe')).getJobCountByTypes('prioritized')
const recorded = async () => (await prisma().queueMarker.findFirst())?.marker

async function served(ids: string[]): Promise<boolean> {
  return [...(await entryStates('probe', ids)).values()].every((state) => state === 'served')
}

describe('a Redis that lost what it held', () => {
  const redis = ownRedis({ aof: false })
  beforeEach(async () => {
    await vi.waitFor(() => queue('probe'), { timeout: 30_000 })
    await producerClient()?.flushall()
    await pool().query('DELETE FROM "Job"')
  })

  test('has 30,000 open jobs again without a long statement, the most urgent first, while others are relayed [R7]', async () => {
    await recordJobs(30_000)
    const urgent = await recordJobs(50, 'QUEUED', 1)
    const [fresh = ''] = await recordJobs(1)
    await forgetDispatch([fresh])
    const before = await repairsOf('queue_lost')
    const filling = slowestDuring(createQueueLossWatch()())
    await vi.waitFor(async () => expect(await served(urgent)).toBe(true), {
      timeout: 20_000,
      interval: 10,
    })
    expect(await waiting()).toBeLessThan(15_000)
    await relay()
    expect(await served([fresh])).toBe(true)
    expect(await waiting()).toBeLessThan(30_051)
    expect(await filling).toBeLessThan(1)
    expect(await waiting()).toBe(30_051)
    expect(await repairsOf('queue_lost')).toBe(before + 30_050)
    expect(await recorded()).toBe(await readMarker())
  }, 90_000)

  test('is filled by the next worker when the one that filled it stands still or died [R7]', async () => {
    const ids = await recordJobs(10)
    const dead = `INSERT INTO "Lease" (name, holder, until)
      VALUES ('comparison', $1, now() + interval '10 seconds')`
    await pool().query(dead, [randomUUID()])
    const watch = createQueueLossWatch()
    await watch()
    expect(await served(ids)).toBe(false)
    expect(await recorded()).not.toBe(await readMarker())
    await pool().query(`UPDATE "Lease" SET until = now() - interval '1 second'`)
    await watch()
    expect(await served(ids)).toBe(true)
    expect(await recorded()).toBe(await readMarker())
  })

  test('holds up no worker that stops: filling goes on where it broke off [R7]', async () => {
    const ids = await recordJobs(6_000)
    const watch = createQueueLossWatch()
    await watch(AbortSignal.abort())
    expect(await waiting()).toBeLessThan(6_000)
    expect(await recorded()).not.toBe(await readMarker())
    await watch()
    expect(await served(ids)).toBe(true)
    expect(await recorded()).toBe(await readMarker())
  })

  test('and came back from an older dump, its marker included, is compared whole at once [R1]', async () => {
    const watch = createQueueLossWatch()
    await watch()
    const kept = await recordJobs(5)
    await addEntries('probe', await readEntries(kept))
    await producerClient()?.save()
    const lost = await recordJobs(20)
    await addEntries('probe', await readEntries(lost))
    await watch()
    const marker = await readMarker()
    await redis().kill()
    await redis().restart()
    await vi.waitFor(async () => expect(await readMarker()).toBe(marker), { timeout: 20_000 })
    expect(await served(lost)).toBe(false)
    const before = await repairsOf('entry_missing')
    await watch()
    expect(await served([...kept, ...lost])).toBe(true)
    expect(await repairsOf('entry_missing')).toBe(before + 20)
  }, 60_000)
})
