import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { removeFromQueue } from '@/app/_server/jobs/queue-entries'
import type { Viewer } from '@/lib/access/viewer'
import { newSessionToken, viewerOfSession } from '@/lib/auth/session-token'
import { hashApiKey, verifyApiKey } from '@/lib/auth/verify-api-key'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { retryJob, retryJobs } from '@/lib/jobs/transitions/retry'
import type { RemovalWay, UserRemoval } from '@/lib/jobs/types/maintenance'
import { storage } from '@/lib/storage/storage'
import { StorageError } from '@/lib/storage/storage-error'
import { holdingsOf } from '@/lib/users/holdings'
import { continueRemoval, removalJobOf, requestRemoval } from '@/lib/users/removal'
import { jobContext } from '@/test/support/job-context'
import { markedPerson, tablesWith } from '@/test/support/marked-person'
import { createOldJobs } from '@/test/support/old-jobs'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'
import { createDataDir } from '@/test/support/programs'
import { startMailServer } from '@/test/support/smtp'
import { maintenance } from '@/workers/handlers/maintenance'

ownDatabase()

let admin: Viewer
let mark: string
let person: Awaited<ReturnType<typeof markedPerson>>
let count = 0

beforeAll(async () => {
  // Only with a server are invitations mailed.
  const server = await startMailServer()
  Object.assign(process.env, { DATA_DIR: await createDataDir(), SMTP_URL: server.url })
  admin = await createViewer('ADMIN')
  return () => server.close()
})

beforeEach(async () => {
  count += 1
  mark = `marked${count}person`
  person = await markedPerson(mark, admin)
})

const ask = (way: RemovalWay, email = person.email) =>
  requestRemoval(admin, person.viewer.userId, { way, email })

async function removalInput(jobId: string): Promise<UserRemoval> {
  const { input } = await prisma().job.findUniqueOrThrow({ where: { id: jobId } })
  return input as UserRemoval
}

/** Runs the maintenance job; it is stopped when `stops` says so of its progress. */
async function run(jobId: string, stops: (percent: number) => boolean = () => false) {
  const abort = new AbortController()
  const given = { jobId, ownerId: null, signal: abort.signal }
  const context = jobContext<'maintenance'>(await removalInput(jobId), given)
  context.progress = (percent) => {
    context.percents.push(percent)
    if (stops(percent)) abort.abort('shutdown')
  }
  return { context, result: maintenance(context) }
}

const statuses = async () => {
  const jobs = await prisma().job.findMany({ where: { id: { in: person.jobs } } })
  return jobs.map(({ status }) => status).sort()
}

test('the person of this test has something in every table that can hold it', async () => {
  expect(await tablesWith(mark)).toEqual([
    'Account',
    'AlertChannel',
    'AlertNotice',
    'ApiKey',
    'Attempt',
    'Batch',
    'Event',
    'File',
    'Invitation',
    'Job',
    'JobFacts',
    'JobLog',
    'Mail',
    'Notification',
    'PasswordReset',
    'SavedView',
    'Schedule',
    'ScheduleFire',
    'Session',
    'Suppression',
    'User',
    'WebhookDelivery',
    'WebhookEndpoint',
  ])
})

describe('a request', () => {
  test('locks the account at once, before anything is removed', async () => {
    const { userId } = person.viewer
    const session = await newSessionToken({ id: userId, sessionVersion: 1 })
    await prisma().apiKey.updateMany({
      where: { userId },
      data: { hash: hashApiKey(mark), scopes: ['jobs:read'] },
    })
    expect(await viewerOfSession(session)).not.toBeNull()
    expect(await verifyApiKey(mark)).not.toBeNull()
    await ask('delete')
    expect(await viewerOfSession(session)).toBeNull()
    expect(await verifyApiKey(mark)).toBeNull()
    expect(await statuses()).toEqual(['CANCELED', 'CANCELED', 'COMPLETED', 'FAILED'])
    const schedule = await prisma().schedule.findFirstOrThrow({ where: { ownerId: userId } })
    expect(schedule).toMatchObject({ enabled: false, nextFireAt: null })
    const endpoint = await prisma().webhookEndpoint.findFirstOrThrow({ where: { ownerId: userId } })
    expect(endpoint.enabled).toBe(false)
    expect(await prisma().file.count({ where: { ownerId: userId } })).toBe(1)
  })

  test('says in the audit log who asked for what, and names nobody', async () => {
    const { jobId } = await ask('delete')
    const [entry] = await prisma().auditEntry.findMany({
      where: { targetId: person.viewer.userId },
    })
    expect(entry).toMatchObject({
      actorId: admin.userId,
      action: 'user.delete',
      details: { before: { disabled: false }, after: { disabled: true }, job: jobId },
    })
    expect(await tablesWith(mark)).not.toContain('AuditEntry')
  })

  test('needs the address typed, and changes nothing without', async () => {
    await expect(ask('delete', 'other@example.com')).rejects.toMatchObject({
      details: { issues: [{ path: 'email', message: `Type ${person.email} to confirm` }] },
    })
    const user = await prisma().user.findUniqueOrThrow({ where: { id: person.viewer.userId } })
    expect(user).toMatchObject({ removal: null, disabledAt: null, sessionVersion: 1 })
    expect(await removalJobOf(user.id)).toBeNull()
  })

  test('is for admins, and never about oneself', async () => {
    const user = await createViewer()
    const typed = { way: 'delete', email: person.email } as const
    await expect(requestRemoval(user, person.viewer.userId, typed)).rejects.toMatchObject({
      code: 'forbidden',
    })
    const own = { way: 'delete', email: `${admin.userId}@example.com` } as const
    await expect(requestRemoval(admin, admin.userId, own)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('your own account'),
    })
  })

  test('made twice is one job, and one in another way is refused', async () => {
    const first = await ask('delete')
    expect(await ask('delete')).toEqual(first)
    await expect(ask('anonymize')).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('deleting', () => {
  test('leaves nothing that holds what was theirs, in any table or in storage', async () => {
    expect(await holdingsOf(admin, person.viewer.userId)).toEqual({
      jobs: 5,
      batches: 1,
      files: 1,
      bytes: mark.length,
      mails: 1,
      schedules: 1,
      endpoints: 1,
      keys: 1,
      notifications: 1,
      suppressions: 1,
    })
    const { jobId } = await ask('delete')
    const { result, context } = await run(jobId)
    expect(await result).toMatchObject({ jobs: 5, files: 1, invitations: 1, deliveries: 1 })
    expect(context.percents.at(-1)).toBe(100)
    expect(await tablesWith(mark)).toEqual([])
    await expect(storage().get(person.storageKey)).rejects.toBeInstanceOf(StorageError)
    expect(await prisma().job.count({ where: { ownerId: person.viewer.userId } })).toBe(0)
  })

  test('leaves no name behind in the jobs that an admin removed from a queue, which say it by an id [C5.13]', async () => {
    const { userId } = person.viewer
    await prisma().user.update({ where: { id: userId }, data: { role: 'ADMIN' } })
    const other = await createViewer()
    const id = await createJobRecord(other.userId, 'email', {}, 'QUEUED')
    await removeFromQueue({ userId, role: 'ADMIN' }, id)
    const said = { message: 'Removed from the queue email by an admin.', byId: userId }
    const error = async () => (await prisma().job.findUniqueOrThrow({ where: { id } })).error
    expect(await error()).toMatchObject(said)
    expect(await prisma().jobLog.findMany({ where: { jobId: id } })).toMatchObject([
      { message: said.message },
    ])
    await (await run((await ask('delete')).jobId)).result
    expect(await error()).toMatchObject(said)
    expect(await tablesWith(mark)).toEqual([])
  })

  test('goes on in another job when it takes long', async () => {
    const { userId } = person.viewer
    const { jobId } = await ask('delete')
    await continueRemoval(await removalInput(jobId))
    const next = await removalJobOf(userId)
    expect(next?.id).not.toBe(jobId)
    expect(await removalInput(next?.id ?? '')).toMatchObject({ userId, part: 2, way: 'delete' })
    await (await run(next?.id ?? '')).result
    expect(await tablesWith(mark)).toEqual([])
  })

  test('leaves what others have, and the audit log', async () => {
    const other = await createViewer()
    const job = await createJobRecord(other.userId, 'email', {}, 'COMPLETED')
    const { jobId } = await ask('delete')
    await (await run(jobId)).result
    expect(await prisma().job.count({ where: { id: job } })).toBe(1)
    const entries = await prisma().auditEntry.findMany({
      where: { targetId: person.viewer.userId },
      orderBy: { id: 'asc' },
    })
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['user.delete', admin.userId],
      ['user.deleted', admin.userId],
    ])
  })

  test('goes on after a stop in any place, and does nothing once it is done', async () => {
    const ownerId = person.viewer.userId
    await createOldJobs(Array.from({ length: 600 }, () => ({ days: 1, ownerId })))
    const { jobId } = await ask('delete')
    for (let stop = 1; stop <= 6; stop++) {
      let calls = 0
      const { result } = await run(jobId, () => ++calls > stop)
      await expect(result).rejects.toBe('shutdown')
      expect(await prisma().user.count({ where: { id: ownerId } })).toBe(1)
    }
    await (await run(jobId)).result
    expect(await tablesWith(mark)).toEqual([])
    expect(await (await run(jobId)).result).toEqual({})
    const entries = await prisma().auditEntry.findMany({ where: { targetId: ownerId } })
    expect(entries).toHaveLength(2)
  })

  test('waits for what runs, and removes nothing under it', async () => {
    const id = await createJobRecord(person.viewer.userId, 'email', {}, 'ACTIVE')
    const { jobId } = await ask('delete')
    const { result } = await run(jobId)
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    const job = await prisma().job.findUniqueOrThrow({ where: { id } })
    expect(job.cancelRequestedAt).not.toBeNull()
    await prisma().job.update({ where: { id }, data: { status: 'CANCELED' } })
    await result
    expect(await prisma().job.count({ where: { id } })).toBe(0)
  })
})

describe('anonymizing', () => {
  test('leaves nothing personal in any table or in storage, and all jobs for the figures', async () => {
    const before = await prisma().job.findMany({
      where: { ownerId: person.viewer.userId },
      orderBy: { id: 'asc' },
      select: { id: true, type: true, createdAt: true, attempt: true },
    })
    const { jobId } = await ask('anonymize')
    expect(await (await run(jobId)).result).toMatchObject({ jobs: 5, files: 1, batches: 1 })
    expect(await tablesWith(mark)).toEqual([])
    await expect(storage().get(person.storageKey)).rejects.toBeInstanceOf(StorageError)
    const after = await prisma().job.findMany({
      where: { ownerId: person.viewer.userId },
      orderBy: { id: 'asc' },
      select: { id: true, type: true, createdAt: true, attempt: true },
    })
    expect(after).toEqual(before)
    expect(await statuses()).toEqual(['CANCELED', 'CANCELED', 'COMPLETED', 'FAILED'])
  })

  test('leaves an account that nobody can use, and jobs that nobody can run', async () => {
    const { userId } = person.viewer
    await (await run((await ask('anonymize')).jobId)).result
    const user = await prisma().user.findUniqueOrThrow({ where: { id: userId } })
    expect(user).toMatchObject({ name: 'Anonymous', passwordHash: null, role: 'USER' })
    expect(user.disabledAt).not.toBeNull()
    expect(user.anonymizedAt).not.toBeNull()
    const failed = await prisma().job.findFirstOrThrow({
      where: { ownerId: userId, status: 'FAILED' },
    })
    await expect(retryJob(admin, failed.id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await transaction((tx) => retryJobs(tx, [failed.id]))).toEqual([])
    await expect(ask('anonymize', user.email)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('goes on after a stop, slice by slice', async () => {
    const ownerId = person.viewer.userId
    const old = { days: 1, ownerId, inputHash: 'x', title: mark }
    await createOldJobs(Array.from({ length: 600 }, () => old))
    const { jobId } = await ask('anonymize')
    const { result } = await run(jobId, (percent) => percent > 10)
    await expect(result).rejects.toBe('shutdown')
    expect(await tablesWith(mark)).toContain('Job')
    await (await run(jobId)).result
    expect(await tablesWith(mark)).toEqual([])
  })

  test('may be followed by deleting what is left', async () => {
    const { userId } = person.viewer
    await (await run((await ask('anonymize')).jobId)).result
    const { email } = await prisma().user.findUniqueOrThrow({ where: { id: userId } })
    await (await run((await ask('delete', email)).jobId)).result
    expect(await prisma().user.count({ where: { id: userId } })).toBe(0)
    expect(await prisma().job.count({ where: { ownerId: userId } })).toBe(0)
  })
})
