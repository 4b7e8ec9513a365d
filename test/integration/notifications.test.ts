import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { viewerStream } from '@/app/_server/live/viewer-stream'
import { countUnread, listNotifications, markRead } from '@/app/_server/notifications/read'
import { openSession } from '@/lib/auth/sessions'
import { closePool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { NOTIFICATION_TAG } from '@/lib/notifications/notice'
import { closeQueues } from '@/lib/queue/backend'
import { createUser, reaches, submit } from '@/test/support/engine'
import { createDatabase } from '@/test/support/postgres'
import { probe, probeJobs } from '@/test/support/probe'
import { startWorker } from '@/workers/runtime/worker'
import { followEndings } from '@/workers/supervisor/endings'
import { notify } from '@/workers/supervisor/notifier'

let database: Awaited<ReturnType<typeof createDatabase>>
let worker: Awaited<ReturnType<typeof startWorker>>

beforeAll(async () => {
  database = await createDatabase()
  process.env.DATABASE_URL = database.url
  worker = await startWorker({ jobs: probeJobs, version: 'test' })
})

afterAll(async () => {
  await worker.stop(1_000)
  await closeQueues()
  await closePool()
  await database.drop()
})

const failing = { failures: 9, permanent: true }
const viewerOf = (userId: string) => ({ userId, role: 'USER' }) as const

async function notificationsOf(userId: string) {
  return (await listNotifications(viewerOf(userId), { limit: 50 })).data
}

describe('notifications', () => {
  test('a job that failed for good tells its owner once, and again when a retry fails', async () => {
    const ownerId = await createUser()
    const { id } = await submit(probe, failing, { ownerId })
    await reaches(id, 'FAILED')
    await followEndings()
    expect(await notificationsOf(ownerId)).toMatchObject([
      {
        kind: 'JOB_FAILED',
        title: 'Probe failed',
        body: 'It is broken for good.',
        href: `/jobs/${id}`,
      },
    ])
    await markRead(viewerOf(ownerId))
    expect(await countUnread(viewerOf(ownerId))).toBe(0)

    await retryJob(viewerOf(ownerId), id)
    const unread = async () => {
      await followEndings()
      return countUnread(viewerOf(ownerId))
    }
    await expect.poll(unread, { timeout: 10_000 }).toBe(1)
    expect(await notificationsOf(ownerId)).toHaveLength(1)
  })

  test('a job that completes after failures tells nobody', async () => {
    const ownerId = await createUser()
    const { id } = await submit(probe, { failures: 1 }, { ownerId })
    await reaches(id, 'COMPLETED')
    await followEndings()
    expect(await notificationsOf(ownerId)).toEqual([])
  })

  test('a batch tells its owner when the last of its jobs has ended', async () => {
    const ownerId = await createUser()
    const items = [{ input: {} }, { input: {} }, { input: failing }]
    const { batchId } = await transaction((tx) => enqueueMany(tx, probe, items, { ownerId }))
    await expect
      .poll(
        async () => {
          await followEndings()
          await notify()
          return (await notificationsOf(ownerId)).filter(({ kind }) => kind === 'BATCH_DONE')
        },
        { timeout: 10_000 },
      )
      .toMatchObject([{ body: '2 completed, 1 failed', href: `/batches/${batchId}` }])
  })

  test('those who wish hear by mail, once; a mail about it that fails tells nobody', async () => {
    const ownerId = await createUser()
    await prisma().user.update({ where: { id: ownerId }, data: { notifyByMail: true } })
    const { id } = await submit(probe, failing, { ownerId })
    await reaches(id, 'FAILED')
    await Promise.all([followEndings(), followEndings()])
    await Promise.all([notify(), notify()])
    const mails = await prisma().job.findMany({ where: { ownerId, type: 'email' } })
    expect(mails).toMatchObject([{ tags: [NOTIFICATION_TAG], input: { template: 'notice' } }])

    const silent = await submit(probe, failing, { ownerId, tags: [NOTIFICATION_TAG] })
    await reaches(silent.id, 'FAILED')
    await followEndings()
    expect(await notificationsOf(ownerId)).toHaveLength(1)
  })

  test('come to open pages by themselves, to nobody else’s, and so does that they were read', async () => {
    const [ownerId, otherId] = [await createUser(), await createUser()]
    const counts = await follow(ownerId)
    const others = await follow(otherId)
    await expect.poll(() => counts.seen).toEqual([0])
    const { id } = await submit(probe, failing, { ownerId })
    await reaches(id, 'FAILED')
    await followEndings()
    await expect.poll(() => counts.seen, { timeout: 15_000 }).toEqual([0, 1])
    await markRead(viewerOf(ownerId))
    await expect.poll(() => counts.seen, { timeout: 15_000 }).toEqual([0, 1, 0])
    expect(others.seen).toEqual([0])
    counts.stop()
    others.stop()
  })
})

/** The unread counts that a page of this person is sent. */
async function follow(userId: string) {
  const leave = new AbortController()
  const request = new Request('http://localhost/api/v1/live', { signal: leave.signal })
  const credentialId = await openSession({ id: userId, sessionVersion: 1 }, undefined)
  const viewer = { ...viewerOf(userId), via: 'session', credentialId } as const
  const { body } = viewerStream(viewer, false, request)
  const seen: number[] = []
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of body ?? []) {
      for (const [, count] of decoder
        .decode(chunk)
        .matchAll(/event: unread\ndata: {"count":(\d+)}/g)) {
        seen.push(Number(count))
      }
    }
  }
  read().catch(() => undefined)
  return { seen, stop: () => leave.abort() }
}
