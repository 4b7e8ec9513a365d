import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { closePool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { enqueue } from '@/lib/jobs/enqueue'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { closeQueues, queue } from '@/lib/queue/backend'
import { forkWorker, handlerFiles, kill, reaches, submit } from '@/test/support/engine'
import { countPending } from '@/test/support/pending-dispatch'
import { createDatabase } from '@/test/support/postgres'
import { probe } from '@/test/support/probe'
import { startRedis } from '@/test/support/redis'
import { repairsOf } from '@/test/support/repairs'

let redis: Awaited<ReturnType<typeof startRedis>>
let database: Awaited<ReturnType<typeof createDatabase>>

beforeAll(async () => {
  ;[database, redis] = await Promise.all([createDatabase(), startRedis()])
  process.env.DATABASE_URL = database.url
  process.env.REDIS_URL = redis.url
})

afterAll(async () => {
  await closeQueues()
  await closePool()
  await redis.stop()
  await database.drop()
})

async function submitMany(count: number, effects: string, gate: string): Promise<void> {
  const items = Array.from({ length: count }, () => ({ input: { effects, gate } }))
  await transaction((tx) => enqueueMany(tx, probe, items, { ownerId: null }))
}

async function counts(): Promise<Record<string, number>> {
  const rows = await prisma().job.groupBy({ by: ['status'], _count: true })
  return Object.fromEntries(rows.map(({ status, _count }) => [status, _count]))
}

const allComplete = (count: number, timeout: number) =>
  vi.waitFor(async () => expect(await counts()).toEqual({ COMPLETED: count }), {
    timeout,
    interval: 200,
  })

describe('when the queue is lost', () => {
  test('1,000 queued jobs outlive FLUSHALL, and each runs once', async () => {
    await prisma().job.deleteMany()
    const files = await handlerFiles()
    await submitMany(1_000, files.effects, files.gate)
    const worker = await forkWorker()
    await files.ran(20)
    const client = new Redis(redis.url)
    await client.flushall()
    client.disconnect()
    await files.openGate()
    await allComplete(1_000, 60_000)
    expect(await files.runs()).toHaveLength(1_000)
    // The regular comparison may come first: then it is that one's work.
    const repairs = (await repairsOf('queue_lost')) + (await repairsOf('entry_missing'))
    expect(repairs).toBeGreaterThan(900)
    await kill(worker, 'SIGTERM')
  }, 120_000)

  test('jobs are accepted at once while Redis is down, and run when it is back', async () => {
    await prisma().job.deleteMany()
    const worker = await forkWorker()
    const before = await submit(probe, {})
    await reaches(before.id, 'COMPLETED')
    await redis.kill()
    const started = performance.now()
    const { id } = await submit(probe, {})
    expect(performance.now() - started).toBeLessThan(100)
    await reaches(id, 'QUEUED')
    expect(await countPending([id])).toBe(1)
    await redis.restart()
    await reaches(id, 'COMPLETED', 30_000)
    await kill(worker, 'SIGTERM')
  }, 90_000)

  test('a worker that starts before Redis serves its queues once Redis is there', async () => {
    await prisma().job.deleteMany()
    await redis.kill()
    const worker = await forkWorker()
    const { id } = await submit(probe, {})
    await redis.restart()
    await reaches(id, 'COMPLETED', 30_000)
    await kill(worker, 'SIGTERM')
  }, 90_000)
})

const SAYS_WHY = /takes its jobs from PostgreSQL, this one would from Redis/

/** A worker on Redis, started beside one that lives. */
async function exitOfSecondWorker() {
  const program = new URL('../../support/worker-process.ts', import.meta.url)
  const child = fork(program, [], { execArgv: ['--import', 'tsx'], silent: true })
  let says = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    says += chunk.toString()
  })
  const [code] = await once(child, 'close')
  return { code, says }
}

describe('when an installation moves between Redis and PostgreSQL', () => {
  test('queued and scheduled jobs follow it, there and back, and no worker serves both at once [R11]', async () => {
    await prisma().job.deleteMany()
    // No worker would dispatch it later: what Redis's last absence did to this process must be over.
    await vi.waitFor(() => queue('probe'), { timeout: 30_000 })
    const inRedis = await submit(probe, {}, { delayMs: 3_000 })
    await expect
      .poll(async () => (await queue('probe')).getJobState(inRedis.id), { timeout: 15_000 })
      .toBe('delayed')
    const onPostgres = await forkWorker({ REDIS_URL: '' })
    await reaches(inRedis.id, 'COMPLETED', 30_000)
    expect(await exitOfSecondWorker()).toEqual({ code: 1, says: expect.stringMatching(SAYS_WHY) })

    // Without `transaction`, nothing is dispatched from this process, whose queues are in Redis.
    const { job: inPostgres } = await prisma().$transaction((tx) =>
      enqueue(tx, probe, {}, { ownerId: null, delayMs: 4_000 }),
    )
    await expect.poll(() => countPending([inPostgres.id]), { timeout: 10_000 }).toBe(0)
    await kill(onPostgres, 'SIGTERM')
    const onRedis = await forkWorker()
    await reaches(inPostgres.id, 'COMPLETED', 30_000)
    await kill(onRedis, 'SIGTERM')
  }, 120_000)
})
