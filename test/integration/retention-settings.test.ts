import { Readable } from 'node:stream'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { changeJobDays, changeRecordDays } from '@/app/_server/retention/change'
import {
  jobRetention,
  previewJobs,
  previewRecords,
  readRetentionOverview,
  recordRetention,
} from '@/app/_server/retention/overview'
import { retentionRuns, runRetention } from '@/app/_server/retention/run'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { storage } from '@/lib/storage/storage'
import { jobContext } from '@/test/support/job-context'
import { createOldJobs, daysAgo, idFrom } from '@/test/support/old-jobs'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { createDataDir } from '@/test/support/programs'
import { maintenance } from '@/workers/handlers/maintenance'
import { removeExpiredJobs } from '@/workers/handlers/maintenance/remove-jobs'
import { storeResult } from '@/workers/handlers/result'
import { ensureSystemSchedules } from '@/workers/supervisor/schedules/system'

ownDatabase()

beforeAll(async () => {
  process.env.DATA_DIR = await createDataDir()
})

const defaults = { COMPLETED: 90, FAILED: 90, CANCELED: 90 }

const run = () =>
  maintenance(jobContext<'maintenance'>({ task: 'retention' }, { jobId: idFrom(0), ownerId: null }))

async function isKept(id: string): Promise<boolean> {
  return (await prisma().job.count({ where: { id } })) === 1
}

/** How many statements of this database wait for somebody's rows. */
async function waitingForLocks(): Promise<number> {
  return prisma().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`.then(
    ([row]) => row?.count ?? 0,
  )
}

async function attachFile(jobId: string, ownerId: string, text: string): Promise<void> {
  const content = Readable.from([Buffer.from(text)])
  await storeResult({ jobId, ownerId, name: 'a.webp', contentType: 'image/webp', content })
}

describe('what an admin decides', () => {
  test('holds for each type and status by itself, and for ever means for ever', async () => {
    const admin = await createViewer('ADMIN')
    await changeJobDays(admin, 'email', { COMPLETED: 7, FAILED: null, CANCELED: 90 })
    const [completed = '', failed = '', canceled = '', webhook = ''] = await createOldJobs([
      { days: 8 },
      { days: 4_000, status: 'FAILED' },
      { days: 8, status: 'CANCELED' },
      { days: 8, type: 'webhook' },
    ])
    await run()
    expect(await isKept(completed)).toBe(false)
    expect(await isKept(failed)).toBe(true)
    expect(await isKept(canceled)).toBe(true)
    expect(await isKept(webhook)).toBe(true)
    await changeJobDays(admin, 'email', defaults)
    await run()
    expect(await isKept(failed)).toBe(false)
  })

  test('holds for other records too', async () => {
    const admin = await createViewer('ADMIN')
    const { userId } = await createViewer()
    await changeRecordDays(admin, 'notifications', 3)
    const notice = {
      userId,
      kind: 'JOB_FAILED',
      title: 'x',
      href: '/',
      readAt: new Date(),
    } as const
    await prisma().notification.createMany({
      data: [4, 2].map((days) => ({ ...notice, id: idFrom(days), subject: `${days}` })),
    })
    expect(await recordRetention(admin, 'notifications')).toMatchObject({ days: 3, due: 1 })
    await run()
    const left = await prisma().notification.findMany({ where: { userId } })
    expect(left.map(({ subject }) => subject)).toEqual(['2'])
    await changeRecordDays(admin, 'notifications', null)
    expect(await recordRetention(admin, 'notifications')).toMatchObject({ days: null, due: 0 })
  })

  test('leaves an entry in the audit log with what was and what is', async () => {
    const admin = await createViewer('ADMIN')
    await changeJobDays(admin, 'report', { COMPLETED: 10, FAILED: 20, CANCELED: null })
    await changeRecordDays(admin, 'mails', 5)
    const entries = await prisma().auditEntry.findMany({
      where: { actorId: admin.userId },
      orderBy: { id: 'asc' },
    })
    expect(entries).toMatchObject([
      {
        action: 'retention.change',
        targetType: 'retention',
        targetId: 'report',
        details: {
          before: { completed: 90, failed: 90, canceled: 90 },
          after: { completed: 10, failed: 20, canceled: null },
        },
      },
      { targetId: 'mails', details: { before: { days: 90 }, after: { days: 5 } } },
    ])
  })

  test.each([0, -1, 1.5, 3_661, Number.NaN])('is refused for %s days', async (days) => {
    const admin = await createViewer('ADMIN')
    await expect(
      changeJobDays(admin, 'image', { ...defaults, FAILED: days }),
    ).rejects.toMatchObject({ details: { issues: [{ path: 'FAILED' }] } })
    await expect(changeRecordDays(admin, 'fires', days)).rejects.toMatchObject({
      details: { issues: [{ path: 'days' }] },
    })
    expect(await jobRetention(admin, ['image'])).toMatchObject([{ days: 90 }, {}, { days: 90 }])
  })

  test('is for admins only, to see and to change', async () => {
    const person = await createViewer()
    await ensureSystemSchedules()
    for (const attempt of [
      () => readRetentionOverview(person),
      () => jobRetention(person, ['email']),
      () => recordRetention(person, 'mails'),
      () => previewJobs(person, 'email', 'FAILED', 1),
      () => previewRecords(person, 'mails', 1),
      () => changeJobDays(person, 'email', defaults),
      () => changeRecordDays(person, 'mails', 1),
      () => retentionRuns(person),
      () => runRetention(person),
    ]) {
      await expect((async () => attempt())()).rejects.toMatchObject({ code: 'forbidden' })
    }
  })
})

describe('what would be removed', () => {
  test('is counted with files and bytes, and is what then goes', async () => {
    const admin = await createViewer('ADMIN')
    const { userId } = await createViewer()
    const ids = await createOldJobs([
      { days: 50, type: 'image', ownerId: userId },
      { days: 40, type: 'image', ownerId: userId },
      { days: 2, type: 'image', ownerId: userId },
      { days: 50, type: 'image', status: 'FAILED', ownerId: userId },
    ])
    for (const id of ids.slice(0, 3)) await attachFile(id, userId, 'result')
    expect(await previewJobs(admin, 'image', 'COMPLETED', 30)).toEqual({
      jobs: 2,
      files: 2,
      bytes: 12,
      isEstimate: false,
    })
    expect(await previewJobs(admin, 'image', 'COMPLETED', null)).toMatchObject({ jobs: 0 })
    await changeJobDays(admin, 'image', { ...defaults, COMPLETED: 30 })
    const { jobs } = await readRetentionOverview(admin)
    expect(jobs.filter(({ type }) => type === 'image')).toMatchObject([
      { status: 'COMPLETED', days: 30, due: { jobs: 2, files: 2, bytes: 12 } },
      { status: 'FAILED', days: 90, due: { jobs: 0 } },
      { status: 'CANCELED', days: 90, due: { jobs: 0 } },
    ])
    expect(await run()).toMatchObject({ jobs: 2, files: 2, bytes: 12 })
    expect(await previewJobs(admin, 'image', 'COMPLETED', 30)).toMatchObject({ jobs: 0, files: 0 })
  })

  test('is estimated where it is too much to look at', async () => {
    const admin = await createViewer('ADMIN')
    const { userId } = await createViewer()
    const many = Array.from({ length: 1_500 }, (_, place) => ({
      days: 50 - place / 1_000,
      type: 'image',
      ownerId: userId,
    }))
    const [first = '', second = ''] = await createOldJobs(many)
    for (const id of [first, second]) await attachFile(id, userId, 'result')
    expect(await previewJobs(admin, 'image', 'COMPLETED', 30)).toEqual({
      jobs: 1_500,
      files: 3,
      bytes: 18,
      isEstimate: true,
    })
  })
})

describe('a slice', () => {
  test('waits for nobody, and nobody waits for it', async () => {
    const [changing = '', other = '', young = ''] = await createOldJobs([
      { days: 300, type: 'webhook' },
      { days: 300, type: 'webhook' },
      { days: 1, type: 'webhook' },
    ])
    const expired = { type: 'webhook', status: 'COMPLETED', cutoff: daysAgo(90) } as const
    await transaction(async (tx) => {
      await tx.job.update({ where: { id: changing }, data: { tags: ['held'] } })
      // In connections of their own, while this transaction holds its job.
      expect(await removeExpiredJobs(expired, null)).toMatchObject({ jobs: 1 })
      expect(await isKept(other)).toBe(false)
    })
    expect(await isKept(changing)).toBe(true)

    await prisma().attempt.create({
      data: { jobId: changing, number: 1, reason: 'FIRST', startedAt: new Date() },
    })
    let removal: Promise<unknown> | undefined
    await transaction(async (tx) => {
      // Keeps the slice from ending while it holds its rows.
      await tx.$queryRaw`SELECT number FROM "Attempt" WHERE "jobId" = ${changing}::uuid FOR UPDATE`
      removal = removeExpiredJobs(expired, null)
      await vi.waitFor(async () => expect(await waitingForLocks()).toBe(1))
      await prisma().$transaction(async (beside) => {
        await beside.$executeRaw`SET LOCAL lock_timeout = '1s'`
        await beside.job.update({ where: { id: young }, data: { tags: ['free'] } })
      })
    })
    expect(await removal).toMatchObject({ jobs: 1 })
    expect(await isKept(changing)).toBe(false)
    expect(await prisma().job.findUnique({ where: { id: young } })).toMatchObject({
      tags: ['free'],
    })
  })

  test('leaves a job alone, with its file, that is retried at this moment', async () => {
    const { userId } = await createViewer()
    const [retried = ''] = await createOldJobs([{ days: 300, type: 'report', ownerId: userId }])
    await attachFile(retried, userId, 'result')
    const expired = { type: 'report', status: 'COMPLETED', cutoff: daysAgo(90) } as const
    await transaction(async (tx) => {
      const again = { status: 'QUEUED', finishedAt: null } as const
      await tx.job.update({ where: { id: retried }, data: again })
      const removed = { jobs: 0, files: 0, bytes: 0 }
      expect(await removeExpiredJobs(expired, null)).toMatchObject(removed)
    })
    const { storageKey } = await prisma().file.findFirstOrThrow({ where: { jobId: retried } })
    ;(await storage().get(storageKey)).destroy()
  })

  test('leaves a job alone that runs again', async () => {
    const [again = ''] = await createOldJobs([{ days: 300, type: 'webhook', status: 'FAILED' }])
    await prisma().job.update({
      where: { id: again },
      data: { status: 'QUEUED', finishedAt: null },
    })
    const expired = { type: 'webhook', status: 'FAILED', cutoff: daysAgo(90) } as const
    expect(await removeExpiredJobs(expired, null)).toMatchObject({ jobs: 0, next: null })
    expect(await isKept(again)).toBe(true)
  })
})

describe('running it by hand', () => {
  test('starts one job at a time, tells of the last, and is in the audit log', async () => {
    const admin = await createViewer('ADMIN')
    await ensureSystemSchedules()
    expect(await retentionRuns(admin)).toMatchObject({ last: null })
    const first = await runRetention(admin)
    expect(first).toMatchObject({ started: true, job: { type: 'maintenance', ownerId: null } })
    expect(await runRetention(admin)).toMatchObject({ started: false, job: { id: first.job.id } })
    const ended = { status: 'COMPLETED', finishedAt: new Date(), result: { jobs: 3 } } as const
    await prisma().job.update({ where: { id: first.job.id }, data: ended })
    expect(await retentionRuns(admin)).toMatchObject({ last: { result: { jobs: 3 } } })
    expect(await runRetention(admin)).toMatchObject({ started: true })
    const where = { actorId: admin.userId, action: 'schedule.run' }
    expect(await prisma().auditEntry.count({ where })).toBe(2)
  })
})
