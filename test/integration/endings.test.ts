import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cancelBatch } from '@/app/_server/jobs/change-batch'
import type { Viewer } from '@/lib/access/viewer'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { notedEndings } from '@/lib/jobs/endings/follow'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import type { Ending } from '@/lib/jobs/transitions/finish'
import { removeJob } from '@/lib/jobs/transitions/remove'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { type JobTotal, readTotals } from '@/lib/metrics/totals'
import { submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { probe } from '@/test/support/probe'
import { createClaim, finish } from '@/workers/runtime/attempts'
import { followEndings } from '@/workers/supervisor/endings'
import { notify } from '@/workers/supervisor/notifier'

ownDatabase()

const claim = createClaim(uuidv7(), () => 1)
const failed = (message: string) =>
  ({ outcome: 'FAILED', status: 'FAILED', error: { name: 'Error', message } }) as const
const completed = { outcome: 'COMPLETED', status: 'COMPLETED', result: '{}' } as const

let ann: Viewer

beforeEach(async () => {
  ann = await createViewer()
  const url = 'https://hooks.example.com/'
  const given = { id: uuidv7(), ownerId: ann.userId ?? '', url, secret: 'sealed', eventTypes: [] }
  await prisma().webhookEndpoint.create({ data: given })
})

afterEach(async () => {
  await pool().query('DROP FUNCTION IF EXISTS refuse CASCADE')
  await pool().query('TRUNCATE "Job", "Ending", "Figure", "Event", "Batch", "Notification" CASCADE')
})

/** Runs the next attempt of a job, and ends it so. */
async function run(jobId: string, ending: Pick<Ending, 'outcome' | 'status'>): Promise<void> {
  const answer = await claim({ jobId, token: randomUUID() })
  if (answer.decision !== 'run') throw new Error(`The claim was answered ${answer.decision}`)
  await finish({ ...answer.claimed, ...ending })
}

async function ended(ending: Pick<Ending, 'outcome' | 'status'>): Promise<string> {
  const { id } = await submit(probe, {}, { ownerId: ann.userId })
  await run(id, ending)
  return id
}

type Told = { id: string; body: string | null; kind?: string; type?: string }

/** What followed, in order: notifications and events, each as its job's id, kind and error. */
async function told(): Promise<{ notices: Told[]; events: Told[] }> {
  const notices = await pool().query(
    'SELECT subject AS id, kind, body FROM "Notification" ORDER BY id',
  )
  const events = await pool().query(
    `SELECT payload ->> 'jobId' AS id, type, payload -> 'error' ->> 'message' AS body FROM "Event" ORDER BY id`,
  )
  return { notices: notices.rows, events: events.rows }
}

async function counts(): Promise<Record<string, number>> {
  const totals: JobTotal[] = await readTotals()
  return Object.fromEntries(totals.map(({ status, count }) => [status, count]))
}

it('is told as it was, also of a job that was retried and completed since', async () => {
  const id = await ended(failed('The disk was full.'))
  await retryJob(ann, id)
  await run(id, completed)
  await followEndings()
  expect(await told()).toEqual({
    notices: [{ id, kind: 'JOB_FAILED', body: 'The disk was full.' }],
    events: [
      { id, type: 'job.failed', body: 'The disk was full.' },
      { id, type: 'job.completed', body: null },
    ],
  })
  expect(await counts()).toEqual({ FAILED: 1, COMPLETED: 1 })
  const { text } = await prisma().jobFacts.findUniqueOrThrow({ where: { jobId: id } })
  expect(text).toContain('the disk was full.')
})

it('is told once, by its last error, of a job that failed twice', async () => {
  const id = await ended(failed('First.'))
  await retryJob(ann, id)
  await run(id, failed('Second.'))
  await followEndings()
  const { notices, events } = await told()
  expect(notices).toEqual([{ id, kind: 'JOB_FAILED', body: 'Second.' }])
  expect(events).toHaveLength(2)
  const { text } = await prisma().jobFacts.findUniqueOrThrow({ where: { jobId: id } })
  expect(text).toMatch(/first\. second\.$/)
})

it('is told of a job that is removed before anything followed, and counted', async () => {
  const id = await ended(failed('It failed.'))
  await removeJob(ann, id)
  const before = await told()
  expect(before).toEqual({
    notices: [{ id, kind: 'JOB_FAILED', body: 'It failed.' }],
    events: [{ id, type: 'job.failed', body: 'It failed.' }],
  })
  await followEndings()
  expect(await told()).toEqual(before)
  expect(await counts()).toEqual({ FAILED: 1 })
})

it('follows once, however many follow at the same time', async () => {
  for (let n = 0; n < 20; n++) await ended(failed('It failed.'))
  const ids = await notedEndings.find(100)
  const taken = await Promise.all([1, 2, 3].map(() => notedEndings.handle(ids)))
  expect(taken.reduce((sum, count) => sum + count, 0)).toBe(20)
  const { notices, events } = await told()
  expect([notices.length, events.length]).toEqual([20, 20])
  expect(await counts()).toEqual({ FAILED: 20 })
})

it('lets one that PostgreSQL refuses to tell hold up no other, and counts it', async () => {
  await pool().query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'This row is refused';
    END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON "Notification" FOR EACH ROW
      WHEN (new.body = 'Refused.') EXECUTE FUNCTION refuse()`)
  for (const message of ['One.', 'Refused.', 'Two.', 'Three.']) await ended(failed(message))
  // Rows of a statement that was refused may be locked for a moment longer.
  const left = async () => {
    await followEndings()
    return prisma().ending.count()
  }
  await expect.poll(left).toBe(0)
  const { notices } = await told()
  expect(notices.map((notice) => notice.body).toSorted()).toEqual(['One.', 'Three.', 'Two.'])
  expect(await counts()).toEqual({ FAILED: 4 })
})

it('waits with all of it while PostgreSQL is in no state to do it', async () => {
  await ended(failed('It failed.'))
  await pool().query('ALTER TABLE "Notification" RENAME TO "Away"')
  await expect(followEndings()).rejects.toThrow('Notification')
  await pool().query('ALTER TABLE "Away" RENAME TO "Notification"')
  expect(await counts()).toEqual({})
  await followEndings()
  expect((await told()).notices).toHaveLength(1)
})

it('of a batch is told with the batch, though its jobs are told of later', async () => {
  const { batchId } = await transaction((tx) =>
    enqueueMany(tx, probe, [{ input: {} }], { ownerId: ann.userId }),
  )
  const { jobId } = await prisma().jobFacts.findFirstOrThrow({ where: { batchId } })
  await run(jobId, failed('It failed.'))
  await notify()
  await followEndings()
  expect((await told()).notices).toEqual([
    { id: batchId, kind: 'BATCH_DONE', body: '0 completed, 1 failed' },
  ])
  // One that fails later, on its own, is told of on its own.
  await retryJob(ann, jobId)
  await run(jobId, failed('Again.'))
  await followEndings()
  expect((await told()).notices).toContainEqual({ id: jobId, kind: 'JOB_FAILED', body: 'Again.' })
})

it('of thousands that are canceled together is counted', async () => {
  const items = Array.from({ length: 2_500 }, () => ({ input: {} }))
  const { batchId } = await transaction((tx) =>
    enqueueMany(tx, probe, items, { ownerId: ann.userId }),
  )
  await cancelBatch(ann, batchId)
  await followEndings()
  expect(await counts()).toEqual({ CANCELED: 2_500 })
})

it('that a worker of the version before noted is counted', async () => {
  await pool().query(`INSERT INTO "JobEnding" (queue, type, status, count, waits, runs)
    VALUES ('q', 't', 'COMPLETED', 3, '{0.5, 3, 1000}', '{8, 8, 8}'), ('q', 't', 'RETRYING', 2, '{}', '{}')`)
  await followEndings()
  const totals = await readTotals()
  expect(totals.toSorted((a, b) => b.count - a.count)).toMatchObject([
    { status: 'COMPLETED', count: 3, waits: { 0: 1, 7: 1, 40: 1 }, runs: { 13: 3 } },
    { status: 'RETRYING', count: 2, waits: {}, runs: {} },
  ])
})
