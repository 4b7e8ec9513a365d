import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createEndpoint } from '@/app/_server/webhooks/endpoints'
import type { Viewer } from '@/lib/access/viewer'
import type { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { email } from '@/lib/jobs/types/email'
import { createExpectations } from '@/test/chaos/expectations'
import { keepHistory, readHistory } from '@/test/chaos/history'
import { createLedger } from '@/test/chaos/ledger'
import { batchProblems } from '@/test/chaos/verify/batches'
import { eventProblems } from '@/test/chaos/verify/events'
import { figureProblems } from '@/test/chaos/verify/figures'
import { notificationProblems } from '@/test/chaos/verify/notifications'
import type { Problem } from '@/test/chaos/verify/problem'
import { jobProblems, readJobs } from '@/test/chaos/verify/records'
import { scheduleProblems } from '@/test/chaos/verify/schedules'
import { submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { createScheduleRecord } from '@/test/support/schedules'

ownDatabase({ WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8' })

const mail = { to: 'ann@example.com', template: 'notice' as const }
const ledger = createLedger()
let ann: Viewer

beforeAll(async () => {
  await keepHistory()
  ann = await createViewer()
})

afterEach(async () => {
  await pool().query(`
    TRUNCATE "Job", "Batch", "Event", "Notification", "Schedule", "WebhookEndpoint", "Figure",
      "Ending", chaos_history, chaos_told CASCADE`)
})

const texts = (problems: Problem[]) => problems.map(({ text }) => text).join('\n')

/** A mail of Ann's that has run once, or as told; its id. */
async function endedMail(data: Prisma.JobUncheckedUpdateInput = {}): Promise<string> {
  const { id } = await submit(email, mail, { ownerId: ann.userId })
  await prisma().job.update({ where: { id }, data: { status: 'ACTIVE', attempt: 1 } })
  await prisma().attempt.create({
    data: { jobId: id, number: 1, reason: 'FIRST', startedAt: new Date(), outcome: 'COMPLETED' },
  })
  const ended = { status: 'COMPLETED' as const, startedAt: new Date(), finishedAt: new Date() }
  await prisma().job.update({ where: { id }, data: { ...ended, ...data } })
  return id
}

async function recordProblems(
  expectations = createExpectations(),
  effects: { jobId: string; attempt: number }[] = [],
): Promise<Problem[]> {
  const [jobs, changes] = await Promise.all([readJobs(), readHistory()])
  return jobs.flatMap((job) =>
    jobProblems(
      job,
      expectations.of(job.id),
      changes.filter(({ jobId }) => jobId === job.id),
      effects.filter(({ jobId }) => jobId === job.id),
    ),
  )
}

describe('what the fault suite finds wrong with records', () => {
  it('counts a job that should have ended, and has not, as stuck', async () => {
    await submit(email, mail, { ownerId: ann.userId })
    expect(await recordProblems()).toMatchObject([{ kind: 'stuck' }])
  })

  it('has nothing against a job that waits for tomorrow', async () => {
    await submit(email, mail, { ownerId: ann.userId, delayMs: 24 * 3600_000 })
    expect(await recordProblems()).toEqual([])
  })

  it('counts a job that completed without a trace as lost', async () => {
    await endedMail()
    expect(await recordProblems()).toMatchObject([{ kind: 'lost' }])
  })

  it('counts an ending after an ending, and an attempt that ran twice, as recorded twice', async () => {
    const id = await endedMail()
    await prisma().job.update({ where: { id }, data: { status: 'FAILED' } })
    await prisma().job.update({ where: { id }, data: { status: 'COMPLETED' } })
    const effects = [1, 1].map((attempt) => ({ jobId: id, attempt }))
    const found = await recordProblems(createExpectations(), effects)
    expect(found.filter(({ kind }) => kind === 'twice')).toHaveLength(3)
  })

  it('lets a job end once more for each time somebody retried it', async () => {
    const id = await endedMail()
    await prisma().job.update({ where: { id }, data: { status: 'FAILED' } })
    await pool().query('DELETE FROM chaos_history WHERE status = $1', ['COMPLETED'])
    await prisma().job.update({ where: { id }, data: { status: 'QUEUED' } })
    await prisma().job.update({ where: { id }, data: { status: 'COMPLETED' } })
    const expectations = createExpectations()
    expectations.retried(id)
    expect(await recordProblems(expectations, [{ jobId: id, attempt: 1 }])).toEqual([])
  })

  it('finds attempts after an accepted cancel, and a canceled job that failed', async () => {
    const id = await endedMail({ status: 'FAILED' })
    const expectations = createExpectations()
    expectations.canceled(id, Date.now() - 1_000)
    const found = texts(await recordProblems(expectations))
    expect(found).toContain('is FAILED, not CANCELED or COMPLETED')
    expect(found).toContain('after its cancel was accepted')
  })
})

describe('what the fault suite finds wrong with what follows from endings', () => {
  it('finds a batch that is not whole, one without a record, and one that nobody was told of', async () => {
    const batchId = uuidv7()
    const common = { ownerId: ann.userId, type: 'email', title: 'Mails' }
    await prisma().batch.create({ data: { id: batchId, total: 2, ...common } })
    const { id } = await submit(email, mail, { ownerId: ann.userId, batchId })
    await prisma().job.update({ where: { id }, data: { status: 'COMPLETED' } })
    const missing = uuidv7()
    ledger.acknowledgeBatch(missing, 5)
    const found = texts(await batchProblems(ledger))
    expect(found).toContain('has 1 of its 2 jobs')
    expect(found).toContain(`${missing} was acknowledged with 5 jobs and has no record`)
    expect(found).toContain('was told 0 times')
  })

  it('finds a failure that nobody was told of, and one told of twice', async () => {
    const silent = await endedMail({ status: 'FAILED' })
    const loud = await endedMail({ status: 'FAILED' })
    const notice = { userId: ann.userId, kind: 'JOB_FAILED' as const, subject: loud }
    const { id } = await prisma().notification.create({
      data: { id: uuidv7(), title: 'It failed', href: '/', ...notice },
    })
    await prisma().notification.update({ where: { id }, data: { id: uuidv7() } })
    const found = texts(await notificationProblems())
    expect(found).toContain(`Nobody was told of ${silent}`)
    expect(found).toContain(`${loud} was told JOB_FAILED 2 times`)
  })

  it('finds a notification that was to be mailed and was not', async () => {
    await prisma().user.update({ where: { id: ann.userId }, data: { notifyByMail: true } })
    const subject = await endedMail({ status: 'FAILED' })
    const about = { userId: ann.userId, kind: 'JOB_FAILED' as const, subject, href: '/' }
    await prisma().notification.create({ data: { id: uuidv7(), title: 'It failed', ...about } })
    const found = texts(await notificationProblems())
    await prisma().user.update({ where: { id: ann.userId }, data: { notifyByMail: false } })
    expect(found).toContain('There are 0 mails of the notification')
  })

  it('finds an event that stayed, and an ending that no webhook told of', async () => {
    await createEndpoint(ann, { url: 'http://127.0.0.1/', eventTypes: [] })
    const id = await endedMail()
    await prisma().event.create({
      data: { ownerId: ann.userId, type: 'job.completed', payload: {} },
    })
    const found = texts(await eventProblems())
    expect(found).toContain('(job.completed) was never sent')
    expect(found).toContain(`Of ${id} being COMPLETED 1 times, 0 webhooks told`)
  })

  it('finds a time of a schedule without its job, and one that nothing is said of', async () => {
    const { id } = await createScheduleRecord({ ownerId: ann.userId, cron: '*/5 * * * * *' })
    const fire = (second: number) => ({
      scheduleId: id,
      fireAt: new Date(Date.UTC(2026, 0, 1, 12, 0, second)),
      outcome: 'CREATED' as const,
      jobId: uuidv7(),
    })
    await prisma().scheduleFire.createMany({ data: [fire(0), fire(10)] })
    const found = texts(await scheduleProblems())
    expect(found).toContain('says nothing of its time 2026-01-01T12:00:05.000Z')
    expect(found).toContain('and has no job')
  })

  it('finds figures that are not what was', async () => {
    await endedMail()
    const kind = { queue: 'email', type: 'email', status: 'COMPLETED' as const }
    const times = { waits: { 1: 2 }, waitSeconds: 0, runs: { 1: 1 }, runSeconds: 0 }
    const start = new Date(0)
    await prisma().figure.create({ data: { span: 0, start, ...kind, count: 2, ...times } })
    const found = texts(await figureProblems(0))
    expect(found).toContain('say 2 COMPLETED of email in email, the history 1')
    expect(found).toContain('say 0 COMPLETED of email in email, the history 1')
    expect(found).toContain('know how long 2 completed email waited and 1 ran, not 2')
  })
})
