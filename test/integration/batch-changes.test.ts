import { beforeAll, describe, expect, test, vi } from 'vitest'
import { getBatch } from '@/app/_server/jobs/batches'
import { cancelBatch, retryFailedOfBatch } from '@/app/_server/jobs/change-batch'
import { countUnread, listNotifications } from '@/app/_server/notifications/read'
import type { JobStatus } from '@/lib/db/generated/enums'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { catalog } from '@/lib/jobs/catalog'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { createUser, handlerFiles, reaches } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { probe, probeJobs } from '@/test/support/probe'
import { startWorker } from '@/workers/runtime/worker'
import { notify } from '@/workers/supervisor/notifier'

ownDatabase()

const viewerOf = (userId: string) => ({ userId, role: 'USER' }) as const

async function makeBatch(ownerId: string, inputs: object[], delayMs = 0): Promise<string> {
  const items = inputs.map((input) => ({ input, delayMs }))
  const { batchId } = await transaction((tx) => enqueueMany(tx, probe, items, { ownerId }))
  return batchId
}

/** Gives jobs of a batch a status, without a worker. */
async function setStatus(batchId: string, status: JobStatus, count: number): Promise<void> {
  const jobs = await prisma().job.findMany({
    where: { batchId, status: { in: ['SCHEDULED', 'QUEUED'] } },
    take: count,
    select: { id: true },
  })
  await prisma().job.updateMany({
    where: { id: { in: jobs.map(({ id }) => id) } },
    data: { status, attempt: 1, maxAttempts: 1 },
  })
}

const hour = 3600_000

describe('cancelling the rest of a batch', () => {
  test('ends what waits, tells what runs to stop, and leaves what has ended', async () => {
    const ownerId = await createUser()
    const batchId = await makeBatch(
      ownerId,
      Array.from({ length: 6 }, () => ({})),
      hour,
    )
    await setStatus(batchId, 'COMPLETED', 2)
    await setStatus(batchId, 'ACTIVE', 1)
    await setStatus(batchId, 'RETRYING', 1)

    expect(await cancelBatch(viewerOf(ownerId), batchId)).toBe(4)
    const { counts } = await getBatch(viewerOf(ownerId), batchId)
    expect(counts).toMatchObject({ completed: 2, active: 1, canceled: 3, scheduled: 0 })
    const running = await prisma().job.findFirstOrThrow({ where: { batchId, status: 'ACTIVE' } })
    expect(running.cancelRequestedAt).not.toBeNull()
  })

  test('covers every slice of a large one', async () => {
    const ownerId = await createUser()
    const batchId = await makeBatch(
      ownerId,
      Array.from({ length: 2_300 }, () => ({})),
      hour,
    )
    expect(await cancelBatch(viewerOf(ownerId), batchId)).toBe(2_300)
    expect(await cancelBatch(viewerOf(ownerId), batchId)).toBe(0)
    const { counts } = await getBatch(viewerOf(ownerId), batchId)
    expect(counts.canceled).toBe(2_300)
  })
})

describe('retrying what failed of a batch', () => {
  test('runs failed jobs again with new attempts, and nothing else', async () => {
    const ownerId = await createUser()
    const items = Array.from({ length: 5 }, (_, index) => ({
      input: { to: `p${index}@example.com`, template: 'notice' as const },
      delayMs: hour,
    }))
    const { batchId } = await transaction((tx) =>
      enqueueMany(tx, catalog.email, items, { ownerId }),
    )
    await setStatus(batchId, 'FAILED', 3)
    await setStatus(batchId, 'CANCELED', 1)
    expect(await retryFailedOfBatch(viewerOf(ownerId), batchId)).toBe(3)
    const jobs = await prisma().job.findMany({ where: { batchId, status: 'QUEUED' } })
    expect(jobs).toHaveLength(3)
    expect(jobs[0]).toMatchObject({ attempt: 1, maxAttempts: 4, finishedAt: null })
  })

  test('leaves alone what is under way as another job, and of equals takes one', async () => {
    const ownerId = await createUser()
    const batchId = await makeBatch(
      ownerId,
      Array.from({ length: 4 }, () => ({})),
      hour,
    )
    await setStatus(batchId, 'FAILED', 3)
    const failed = await prisma().job.findMany({ where: { batchId, status: 'FAILED' } })
    await prisma().job.updateMany({
      where: { id: { in: failed.map(({ id }) => id) } },
      data: { dedupeKey: 'same work' },
    })
    expect(await retryFailedOfBatch(viewerOf(ownerId), batchId)).toBe(1)
    expect(await retryFailedOfBatch(viewerOf(ownerId), batchId)).toBe(0)
  })
})

describe('a batch with a worker', () => {
  let worker: Awaited<ReturnType<typeof startWorker>>
  beforeAll(async () => {
    worker = await startWorker({ jobs: probeJobs, version: 'test' })
    return () => worker.stop(1_000)
  })

  test('tells its owner once about all its failures, and again after a retry', async () => {
    const ownerId = await createUser()
    const viewer = viewerOf(ownerId)
    const failing = { failures: 9, permanent: true }
    const batchId = await makeBatch(ownerId, [{}, failing, failing])
    const body = () =>
      vi.waitFor(
        async () => {
          await notify()
          const { data } = await listNotifications(viewer, { limit: 10 })
          expect(await countUnread(viewer)).toBe(1)
          return data.map((notice) => [notice.kind, notice.href, notice.body])
        },
        { timeout: 15_000 },
      )
    const told = [['BATCH_DONE', `/batches/${batchId}`, '1 completed, 2 failed']]
    expect(await body()).toEqual(told)

    await prisma().notification.updateMany({ data: { readAt: new Date() } })
    expect(await retryFailedOfBatch(viewer, batchId)).toBe(2)
    expect(await body()).toEqual(told)
  })

  test('stops its running jobs when the rest is canceled', async () => {
    const ownerId = await createUser()
    const files = await handlerFiles()
    const batchId = await makeBatch(ownerId, [{ effects: files.effects, gate: files.gate }])
    await files.ran(1)
    await cancelBatch(viewerOf(ownerId), batchId)
    const job = await prisma().job.findFirstOrThrow({ where: { batchId } })
    await reaches(job.id, 'CANCELED')
  })
})

describe('the API of a batch', () => {
  let ann: ApiUser
  let bob: ApiUser
  beforeAll(async () => {
    ann = await createApiUser()
    bob = await createApiUser()
  })

  test('cancels and retries for its owner, and is not there for others', async () => {
    const id = await makeBatch(ann.userId, [{}, {}], hour)
    const post = (action: string, user: ApiUser) =>
      callApi(`POST /api/v1/batches/${id}/${action}`, user)
    for (const action of ['cancel', 'retry']) {
      expect((await post(action, bob)).status).toBe(404)
    }
    const canceled = await post('cancel', ann)
    expect(canceled.status).toBe(200)
    expect(await canceled.json()).toMatchObject({
      count: 2,
      batch: { id, counts: { canceled: 2 } },
    })
    await prisma().job.updateMany({ where: { batchId: id }, data: { status: 'FAILED' } })
    expect(await (await post('retry', ann)).json()).toMatchObject({
      count: 2,
      batch: { counts: { queued: 2, failed: 0 } },
    })
  })
})
