import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { closeQueues } from '@/lib/queue/backend'
import { createUser, handlerFiles, reaches, submit } from '@/test/support/engine'
import { createDatabase } from '@/test/support/postgres'
import { probe, probeJobs } from '@/test/support/probe'
import { slowdown } from '@/test/support/slowdown'
import { startWorker } from '@/workers/runtime/worker'

let database: Awaited<ReturnType<typeof createDatabase>>

beforeAll(async () => {
  database = await createDatabase()
  process.env.DATABASE_URL = database.url
  process.env.WORKER_CONCURRENCY_PROBE = '1'
})

afterAll(async () => {
  await closeQueues()
  await closePool()
  await database.drop()
})

describe('batches', () => {
  test('a batch is all or none: one bad item refuses it, and is named', async () => {
    const ownerId = await createUser()
    const items = [{ input: {} }, { input: { failures: 0.5 } }]
    const batch = transaction((tx) => enqueueMany(tx, probe, items, { ownerId }))
    await expect(batch).rejects.toMatchObject({
      details: { issues: [{ path: 'items.1.input.failures' }] },
    })
    expect(await prisma().job.count({ where: { ownerId } })).toBe(0)
  })

  test('10,000 jobs are accepted in under 3 seconds, staggered as asked', async () => {
    const ownerId = await createUser()
    const items = Array.from({ length: 10_000 }, (_, index) => ({ input: { answer: index } }))
    const busy = slowdown()
    const started = performance.now()
    const batch = await transaction((tx) =>
      enqueueMany(tx, probe, items, { ownerId, staggerMs: 100 }),
    )
    const took = performance.now() - started
    expect(took).toBeLessThan(3_000 * Math.max(busy, slowdown()))
    expect(batch).toMatchObject({ count: 10_000, created: 10_000 })
    const last = await prisma().job.findFirstOrThrow({
      where: { batchId: batch.batchId },
      orderBy: { runAt: 'desc' },
    })
    expect(last.runAt.getTime() - last.createdAt.getTime()).toBe(9_999 * 100)
    await prisma().job.deleteMany({ where: { ownerId } })
  })

  test('one owner’s many jobs do not hold up another’s single one', async () => {
    const [many, single] = await Promise.all([createUser(), createUser()])
    const files = await handlerFiles()
    const items = Array.from({ length: 300 }, () => ({ input: { effects: files.effects } }))
    await transaction((tx) => enqueueMany(tx, probe, items, { ownerId: many }))
    const alone = await submit(probe, {}, { ownerId: single })
    const worker = await startWorker({ jobs: probeJobs, version: 'test' })
    const { startedAt } = await reaches(alone.id, 'COMPLETED')
    await files.ran(300, 30_000 * slowdown())
    const ahead = await prisma().job.count({
      where: { ownerId: many, startedAt: { lt: startedAt ?? undefined } },
    })
    expect(ahead).toBeLessThan(20)
    await worker.stop(1_000)
  }, 120_000)
})
