import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { drainWorker, undrainWorker } from '@/app/_server/queue/workers'
import type { Viewer } from '@/lib/access/viewer'
import { closePool, pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { closeQueues } from '@/lib/queue/backend'
import { pauseQueue, resumeQueue, setConcurrency, setRateLimit } from '@/lib/queue/change-settings'
import { handlerFiles, reaches, submit } from '@/test/support/engine'
import { createViewer } from '@/test/support/owner'
import { countPending } from '@/test/support/pending-dispatch'
import { createDatabase } from '@/test/support/postgres'
import { probe, probeJobs } from '@/test/support/probe'
import { startRedis, type TestRedis } from '@/test/support/redis'
import { startWorker } from '@/workers/runtime/worker'
import { startSupervisor } from '@/workers/supervisor/supervisor'

const QUEUE = 'probe'

let redis: TestRedis
let admin: Viewer
let tearDown: () => Promise<void>
let worker: Awaited<ReturnType<typeof startWorker>>
let supervisor: ReturnType<typeof startSupervisor>

beforeAll(async () => {
  const database = await createDatabase()
  redis = await startRedis({ aof: false })
  process.env.DATABASE_URL = database.url
  process.env.REDIS_URL = redis.url
  tearDown = async () => {
    await closeQueues()
    await closePool()
    await redis.stop()
    await database.drop()
  }
  admin = await createViewer('ADMIN')
  supervisor = startSupervisor([QUEUE])
})

afterAll(async () => {
  await supervisor.stop()
  await tearDown()
})

beforeEach(async () => {
  worker = await startWorker({ jobs: probeJobs, version: 'test' })
})

afterEach(async () => {
  await worker.stop(1_000)
  await pool().query('DELETE FROM "QueueSetting"')
})

async function statusesOf(ids: string[]): Promise<string[]> {
  const jobs = await prisma().job.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } })
  return jobs.map(({ status }) => status)
}

/** Waits until the queue holds entries of all these jobs again. */
async function dispatched(ids: string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await countPending(ids)).toBe(0)
    },
    { timeout: 15_000 },
  )
}

describe('settings of a queue', () => {
  test('concurrency holds after a restart, and more of it at once', async () => {
    await worker.stop(1_000)
    await setConcurrency(admin, QUEUE, 2)
    worker = await startWorker({ jobs: probeJobs, version: 'test' })
    const files = await handlerFiles()
    const jobs = await Promise.all(
      Array.from({ length: 5 }, () => submit(probe, { gate: files.gate, effects: files.effects })),
    )
    const ids = jobs.map(({ id }) => id)
    await files.ran(2)
    await dispatched(ids)
    expect((await statusesOf(ids)).filter((status) => status === 'ACTIVE')).toHaveLength(2)
    await setConcurrency(admin, QUEUE, null)
    await files.ran(5)
    await files.openGate()
    for (const id of ids) await reaches(id, 'COMPLETED')
  })

  test('a rate limit holds jobs back after a restart', async () => {
    await worker.stop(1_000)
    await setRateLimit(admin, QUEUE, { max: 2, durationMs: 2_000 })
    worker = await startWorker({ jobs: probeJobs, version: 'test' })
    const started = Date.now()
    const jobs = await Promise.all(Array.from({ length: 5 }, () => submit(probe, {})))
    for (const { id } of jobs) await reaches(id, 'COMPLETED')
    expect(Date.now() - started).toBeGreaterThan(3_500)
  })

  test('a wrong number is refused, and changes nothing', async () => {
    await expect(setConcurrency(admin, QUEUE, 0)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(setRateLimit(admin, QUEUE, { max: 1, durationMs: 1e9 })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect(await prisma().queueSetting.count()).toBe(0)
  })

  test('only admins change them', async () => {
    const user = await createViewer()
    await expect(pauseQueue(user, QUEUE)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await prisma().queueSetting.count()).toBe(0)
  })

  test('a pause outlives FLUSHALL and a restart of the worker', async () => {
    await pauseQueue(admin, QUEUE)
    const before = await submit(probe, {})
    const client = new Redis(redis.url)
    await client.flushall()
    client.disconnect()
    await worker.stop(1_000)
    worker = await startWorker({ jobs: probeJobs, version: 'test' })
    const after = await submit(probe, {})
    const ids = [before.id, after.id]
    // The relay has handed both to the new queue, and a look of the reconciler changes nothing.
    await dispatched(ids)
    await vi.waitFor(async () => expect(await waitingInRedis()).toBe(2), { timeout: 15_000 })
    expect(await statusesOf(ids)).toEqual(['QUEUED', 'QUEUED'])
    await resumeQueue(admin, QUEUE)
    for (const id of ids) await reaches(id, 'COMPLETED')
  })

  test('while it is paused a running job ends', async () => {
    const files = await handlerFiles()
    const { id } = await submit(probe, { gate: files.gate, effects: files.effects })
    await files.ran(1)
    await pauseQueue(admin, QUEUE)
    await files.openGate()
    await reaches(id, 'COMPLETED')
    await resumeQueue(admin, QUEUE)
  })
})

async function waitingInRedis(): Promise<number> {
  const { queue } = await import('@/lib/queue/backend')
  const counts = await (await queue(QUEUE)).getJobCounts('waiting', 'prioritized', 'delayed')
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

describe('a worker that is drained', () => {
  test('ends what it runs, takes nothing new, and goes on when told to', async () => {
    const files = await handlerFiles()
    const running = await submit(probe, { gate: files.gate, effects: files.effects })
    await files.ran(1)
    await drainWorker(admin, worker.workerId)
    const other = await startWorker({ jobs: probeJobs, version: 'test' })
    const elsewhere = await submit(probe, {})
    const { workerId } = await reaches(elsewhere.id, 'COMPLETED').then(() =>
      prisma().attempt.findFirstOrThrow({ where: { jobId: elsewhere.id } }),
    )
    expect(workerId).toBe(other.workerId)
    await other.stop(1_000)
    const waiting = await submit(probe, {})
    await dispatched([waiting.id])
    await files.openGate()
    await reaches(running.id, 'COMPLETED')
    expect(await statusesOf([waiting.id])).toEqual(['QUEUED'])
    await undrainWorker(admin, worker.workerId)
    await reaches(waiting.id, 'COMPLETED')
    const actions = await prisma().auditEntry.findMany({
      where: { targetType: 'worker' },
      orderBy: { id: 'asc' },
    })
    expect(actions.map(({ action }) => action)).toEqual(['worker.drain', 'worker.undrain'])
  })
})
