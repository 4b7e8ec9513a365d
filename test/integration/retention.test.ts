import { Readable } from 'node:stream'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { storage } from '@/lib/storage/storage'
import { StorageError } from '@/lib/storage/storage-error'
import { jobContext } from '@/test/support/job-context'
import { createOldJobs, daysAgo, idFrom } from '@/test/support/old-jobs'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { createDataDir } from '@/test/support/programs'
import { createScheduleRecord, firesOf } from '@/test/support/schedules'
import { maintenance } from '@/workers/handlers/maintenance'
import { storeResult } from '@/workers/handlers/result'

ownDatabase()

beforeAll(async () => {
  process.env.DATA_DIR = await createDataDir()
})

function context(signal?: AbortSignal) {
  const given = { jobId: uuidv7(), ownerId: null, ...(signal ? { signal } : {}) }
  return jobContext<'maintenance'>({ task: 'retention' }, given)
}

const kept = async (ids: string[]) => {
  const jobs = await prisma().job.findMany({ where: { id: { in: ids } }, select: { id: true } })
  return ids.map((id) => jobs.some((job) => job.id === id))
}

describe('retention', () => {
  test('removes jobs that ended more than 90 days ago, and no others', async () => {
    const ids = await createOldJobs([
      { days: 91 },
      { days: 91, status: 'FAILED' },
      { days: 91, status: 'CANCELED' },
      { days: 91, type: 'a type of an older version' },
      { days: 89 },
      { days: 91, finishedAt: daysAgo(1) },
      { days: 91, status: 'SCHEDULED', finishedAt: null },
      { days: 91, status: 'ACTIVE', finishedAt: null },
    ])
    const counts = await maintenance(context())
    expect(await kept(ids)).toEqual([false, false, false, false, true, true, true, true])
    expect(counts).toMatchObject({ jobs: 4 })
  })

  test('keeps a type as long as is said for that type', async () => {
    const ids = await createOldJobs([
      { days: 31, type: 'maintenance' },
      { days: 29, type: 'maintenance' },
    ])
    await maintenance(context())
    expect(await kept(ids)).toEqual([false, true])
  })

  test('takes attempts, log, mail and the files of a job with it, with their bytes', async () => {
    const { userId } = await createViewer()
    const [old = '', young = ''] = await createOldJobs([
      { days: 91, ownerId: userId },
      { days: 1, ownerId: userId },
    ])
    for (const jobId of [old, young]) {
      await prisma().attempt.create({
        data: { jobId, number: 1, reason: 'FIRST', outcome: 'COMPLETED', startedAt: new Date() },
      })
      await prisma().jobLog.create({ data: { jobId, attempt: 1, message: 'Done' } })
      const content = Readable.from([Buffer.from('result')])
      const result = { jobId, ownerId: userId, name: 'a.webp', contentType: 'image/webp', content }
      await storeResult(result)
    }
    const files = await prisma().file.findMany({ where: { ownerId: userId } })
    const keyOf = (jobId: string) => files.find((file) => file.jobId === jobId)?.storageKey ?? ''
    expect(await maintenance(context())).toMatchObject({ jobs: 1, files: 1, bytes: 6 })

    expect(await prisma().file.findMany({ where: { ownerId: userId } })).toMatchObject([
      { jobId: young },
    ])
    await expect(storage().get(keyOf(old))).rejects.toBeInstanceOf(StorageError)
    ;(await storage().get(keyOf(young))).destroy()
    for (const rows of [
      await prisma().attempt.findMany({ where: { jobId: { in: [old, young] } } }),
      await prisma().jobLog.findMany({ where: { jobId: { in: [old, young] } } }),
      await prisma().jobFacts.findMany({ where: { jobId: { in: [old, young] } } }),
    ]) {
      expect(rows.map(({ jobId }) => jobId)).toEqual([young])
    }
  })

  test('works in slices, shows how far it is, and stops between two when told to', async () => {
    const ids = await createOldJobs(Array.from({ length: 600 }, () => ({ days: 100 })))
    const abort = new AbortController()
    const stopped = context(abort.signal)
    stopped.progress = () => abort.abort('shutdown')
    await expect(maintenance(stopped)).rejects.toBe('shutdown')
    expect((await kept(ids)).filter(Boolean)).toHaveLength(100)

    const whole = context()
    expect(await maintenance(whole)).toMatchObject({ jobs: 100 })
    expect((await kept(ids)).filter(Boolean)).toHaveLength(0)
    expect(whole.percents.at(-1)).toBeGreaterThan(90)
    expect(whole.percents).toEqual([...whole.percents].sort((a, b) => a - b))
    expect(whole.lines).toContain('Removed jobs: 100')
  })

  test('removes what else has been kept long enough, and leaves the rest', async () => {
    const { userId } = await createViewer()
    const [, youngJob = ''] = await createOldJobs([{ days: 1 }, { days: 1 }])
    const { id: scheduleId } = await createScheduleRecord({ ownerId: userId })
    const url = 'https://example.com/'
    const delivery = { jobId: youngJob, attempt: 1, url, event: 'a', durationMs: 1 }
    const notice = { userId, kind: 'JOB_FAILED', title: 'x', href: '/' } as const
    const token = { userId, expiresAt: daysAgo(91) }
    const batch = { ownerId: userId, type: 'email', title: 'x', total: 1 }
    const invitation = { email: 'x@example.com', expiresAt: daysAgo(84) }
    const machine = { host: 'x', pid: 1, version: '1', queues: [], stoppedAt: daysAgo(91) }
    await prisma().webhookDelivery.createMany({
      data: [91, 1].map((days) => ({ id: idFrom(days), ...delivery })),
    })
    await prisma().notification.createMany({
      data: [
        { ...notice, id: idFrom(91), subject: 'read', readAt: daysAgo(90) },
        { ...notice, id: idFrom(91), subject: 'unread' },
        { ...notice, id: idFrom(1), subject: 'young', readAt: daysAgo(1) },
      ],
    })
    await prisma().scheduleFire.createMany({
      data: [91, 1].map((days) => ({ scheduleId, fireAt: daysAgo(days), outcome: 'CREATED' })),
    })
    await prisma().passwordReset.createMany({
      data: [91, 1].map((days) => ({ ...token, id: idFrom(days), tokenHash: uuidv7() })),
    })
    // Ended long ago, ended lately, and on its last day.
    const times = [
      [31, 1],
      [20, 1],
      [31, -1],
    ] as const
    await prisma().session.createMany({
      data: times.map(([begun, ended]) => {
        return { id: idFrom(begun), userId, version: 1, expiresAt: daysAgo(ended) }
      }),
    })
    await prisma().invitation.createMany({
      data: [91, 1].map((days) => ({ ...invitation, id: idFrom(days), tokenHash: uuidv7() })),
    })
    await prisma().batch.createMany({
      data: [91, 1].map((days) => ({ ...batch, id: idFrom(days) })),
    })
    await prisma().rateLimit.createMany({
      data: [-1_000, 60_000].map((ms) => ({ key: `k${ms}`, expire: BigInt(Date.now() + ms) })),
    })
    await prisma().worker.createMany({
      data: [91, 1].map((days) => ({ ...machine, id: uuidv7(), heartbeatAt: daysAgo(days) })),
    })
    const alert = { ruleName: 'x', kind: 'depth', subject: 'x', value: 1, message: 'x' }
    await prisma().alert.createMany({
      data: [
        { ...alert, id: idFrom(92), resolvedAt: daysAgo(91) },
        { ...alert, id: idFrom(91) },
        { ...alert, id: idFrom(1), resolvedAt: daysAgo(1) },
      ],
    })
    const sent = { kind: 'TEST', channelName: 'x', receiver: 'x' } as const
    await prisma().alertNotice.createMany({
      data: [91, 1].map((days) => ({ ...sent, id: idFrom(days) })),
    })

    expect(await maintenance(context())).toMatchObject({
      alerts: 1,
      alertTests: 1,
      deliveries: 1,
      notifications: 1,
      fires: 1,
      batches: 1,
      passwordResets: 1,
      sessions: 1,
      invitations: 1,
      rateLimits: 1,
      workers: 1,
    })
    const subjects = await prisma().notification.findMany({ orderBy: { subject: 'asc' } })
    expect(subjects.map(({ subject }) => subject)).toEqual(['unread', 'young'])
    expect(await firesOf(scheduleId)).toHaveLength(1)
    expect(await prisma().webhookDelivery.count()).toBe(1)
    expect(await prisma().rateLimit.count()).toBe(1)
  })
})
