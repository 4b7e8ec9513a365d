import { Readable } from 'node:stream'
import { v7 as uuidv7 } from 'uuid'
import { submitBatch } from '@/app/_server/jobs/submit-batch'
import { createSchedule } from '@/app/_server/schedules/schedules'
import { createEndpoint } from '@/app/_server/webhooks/endpoints'
import type { Viewer } from '@/lib/access/viewer'
import { createInvitation } from '@/lib/auth/invitations'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { storeResult } from '@/workers/handlers/result'
import { createJobRecord } from './owner'

/**
 * Somebody with records of every kind, each of which holds `mark`; the storage keys of their files.
 * @param admin who invited them
 */
export async function markedPerson(mark: string, admin: Viewer) {
  const email = `${mark}@example.com`
  await createInvitation(admin, { email, role: 'USER' })
  const userId = uuidv7()
  await prisma().user.create({ data: { id: userId, email, name: mark, passwordHash: mark } })
  const viewer: Viewer = { userId, role: 'USER' }
  const jobs = await Promise.all(
    (['COMPLETED', 'FAILED', 'QUEUED', 'SCHEDULED'] as const).map((status) =>
      createJobRecord(userId, 'email', { to: email, template: 'notice' }, status),
    ),
  )
  const [done = ''] = jobs
  await fillJobs(jobs, mark)
  const file = await storeResult({
    jobId: done,
    ownerId: userId,
    name: `${mark}.csv`,
    contentType: 'text/csv',
    content: Readable.from([Buffer.from(mark)]),
  })
  await ownRecords(viewer, mark, done)
  const { storageKey } = await prisma().file.findUniqueOrThrow({ where: { id: file.id } })
  return { viewer, email, jobs, storageKey }
}

async function fillJobs(jobs: string[], mark: string): Promise<void> {
  const said = { name: 'Error', message: mark }
  await prisma().job.updateMany({
    where: { id: { in: jobs } },
    data: { title: mark, result: { mark }, error: said, tags: [mark], progress: { message: mark } },
  })
  await prisma().jobFacts.updateMany({
    where: { jobId: { in: jobs } },
    data: { text: mark, tags: [mark] },
  })
  for (const jobId of jobs) {
    await prisma().attempt.create({
      data: { jobId, number: 1, reason: 'FIRST', startedAt: new Date(), error: said },
    })
    await prisma().jobLog.create({ data: { jobId, attempt: 1, message: mark } })
  }
}

async function ownRecords(viewer: Viewer, mark: string, jobId: string): Promise<void> {
  const ownerId = viewer.userId
  const to = `${mark}@example.com`
  const input = { to, template: 'notice' } as const
  const url = `https://${mark}.example.com/`
  await submitBatch(viewer, { type: 'email', items: [{ input }], tags: [mark] })
  await prisma().batch.updateMany({ where: { ownerId }, data: { title: mark } })
  const { id: scheduleId } = await createSchedule(viewer, {
    name: mark,
    type: 'email',
    input,
    cron: '0 9 * * 1',
    timezone: 'UTC',
  })
  await prisma().scheduleFire.create({
    data: { scheduleId, fireAt: new Date(), outcome: 'REFUSED', detail: mark },
  })
  const { endpoint } = await createEndpoint(viewer, { url, description: mark })
  const delivery = { jobId, ownerId, attempt: 1, url, event: mark, durationMs: 1, excerpt: mark }
  await prisma().webhookDelivery.createMany({
    data: [endpoint.id, null].map((endpointId) => ({ id: uuidv7(), endpointId, ...delivery })),
  })
  await prisma().mail.create({
    data: {
      id: uuidv7(),
      ownerId,
      jobId,
      messageId: mark,
      from: mark,
      to,
      subject: mark,
      html: mark,
      text: mark,
    },
  })
  const notice = { kind: 'JOB_FAILED', title: mark, body: mark, href: `/${mark}` } as const
  await prisma().notification.create({
    data: { id: uuidv7(), userId: ownerId, subject: mark, ...notice },
  })
  await prisma().event.create({ data: { ownerId, type: mark, payload: { mark } } })
  await prisma().alertChannel.create({
    data: { id: uuidv7(), kind: 'MAIL', name: 'Team', recipients: [to] },
  })
  const told = await createJobRecord(null, 'email', { to, template: 'notice' }, 'COMPLETED')
  await prisma().alertNotice.create({
    data: { id: uuidv7(), kind: 'TEST', channelName: 'Team', receiver: to, jobId: told },
  })
  await prisma().savedView.create({ data: { id: uuidv7(), ownerId, name: mark, query: mark } })
  await prisma().suppression.create({ data: { ownerId, email: to, reason: 'MANUAL' } })
  await prisma().account.create({
    data: { provider: 'github', providerAccountId: mark, userId: ownerId },
  })
  const token = { userId: ownerId, expiresAt: new Date(Date.now() + 60_000) }
  await prisma().passwordReset.create({ data: { id: uuidv7(), tokenHash: mark, ...token } })
  await prisma().session.create({
    data: { id: uuidv7(), version: 1, ip: mark, userAgent: mark, ...token },
  })
  const key = { name: mark, prefix: 'mr_', hash: mark, scopes: [] }
  await prisma().apiKey.create({ data: { id: uuidv7(), userId: ownerId, ...key } })
}

/** Every table of the application and of its queue with a row that holds the text, whatever column it is in. */
export async function tablesWith(text: string): Promise<string[]> {
  const { rows: tables } = await pool().query<{ name: string }>(
    `SELECT CASE schemaname WHEN 'public' THEN '' ELSE schemaname || '.' END || tablename AS name
     FROM pg_tables
     WHERE schemaname IN ('public', 'bullmq') AND tablename <> '_prisma_migrations'`,
  )
  const queries = tables.map(
    ({ name }) => `SELECT '${name}' AS name WHERE EXISTS (
      SELECT 1 FROM "${name.replace('.', '"."')}" AS record WHERE record::text ILIKE '%' || $1 || '%')`,
  )
  const { rows } = await pool().query<{ name: string }>(queries.join(' UNION ALL '), [text])
  return rows.map(({ name }) => name).sort()
}
