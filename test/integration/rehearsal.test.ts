import { describe, expect, test, vi } from 'vitest'
import { askForBulk } from '@/app/_server/jobs/ask'
import type { Viewer } from '@/lib/access/viewer'
import type { AttemptOutcome } from '@/lib/db/generated/enums'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { catalog } from '@/lib/jobs/catalog'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { jobContext } from '@/test/support/job-context'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { bulkAction } from '@/workers/handlers/bulk-action'

ownDatabase()

const FAILED_BEFORE = 12
const filter = { status: 'failed' } as const

/** A person with jobs that failed, and the retry of them all. */
async function ask(count = FAILED_BEFORE) {
  const ann = await createViewer()
  const items = Array.from({ length: count }, (_, index) => ({
    input: { to: `p${index}@example.com`, template: 'notice' as const },
  }))
  const { batchId } = await transaction((tx) =>
    enqueueMany(tx, catalog.email, items, { ownerId: ann.userId }),
  )
  const failed = { status: 'FAILED', attempt: 3, finishedAt: new Date() } as const
  await prisma().job.updateMany({ where: { batchId }, data: failed })
  const job = await askForBulk(ann, { action: 'retry', filter }, { rehearse: true })
  return { ann, id: job.id, batchId }
}

/** The retry as a worker runs it; its outcome, whatever it is. */
function run(ann: Viewer, jobId: string, signal = new AbortController().signal) {
  const input = { action: 'retry', filter, everybody: false, rehearse: true } as const
  return bulkAction(jobContext<'bulk-action'>(input, { jobId, ownerId: ann.userId, signal })).then(
    (result) => ({ result, error: undefined }),
    (error: unknown) => ({ result: undefined, error }),
  )
}

/** The ids of those it tries first, once they run again. */
function rehearsed(jobId: string): Promise<string[]> {
  return vi.waitFor(async () => {
    const bulk = await prisma().bulkAction.findUniqueOrThrow({ where: { jobId } })
    expect(bulk).toMatchObject({ rehearsal: 'UNDER_WAY', rehearsedAt: expect.any(Date) })
    expect(bulk.rehearsed).toHaveLength(5)
    return bulk.rehearsed
  }, 15_000)
}

const complete = (ids: string[]) =>
  prisma().job.updateMany({
    where: { id: { in: ids } },
    data: { status: 'COMPLETED', finishedAt: new Date() },
  })

/** An attempt since the retry that ended so; the job goes on. */
async function attempt(jobId: string, outcome: AttemptOutcome, message: string) {
  const at = new Date(Date.now() + 1_000)
  const error = { name: 'JobError', message }
  const times = { startedAt: at, finishedAt: at }
  await prisma().attempt.create({
    data: { jobId, number: 4, reason: 'MANUAL_RETRY', outcome, error, ...times },
  })
  await prisma().job.update({ where: { id: jobId }, data: { status: 'RETRYING', attempt: 4 } })
}

const statusesOf = async (batchId: string) => {
  const jobs = await prisma().job.groupBy({ by: ['status'], where: { batchId }, _count: true })
  return Object.fromEntries(jobs.map(({ status, _count }) => [status, _count]))
}

describe('a retry that rehearses', () => {
  test('runs five first, and the others once these have completed', async () => {
    const { ann, id, batchId } = await ask()
    const running = run(ann, id)
    const first = await rehearsed(id)
    expect(await statusesOf(batchId)).toEqual({ QUEUED: 5, FAILED: 7 })
    await complete(first.slice(0, 4))
    // A worker that was lost says nothing about the job.
    await attempt(first[4] ?? '', 'LOST', 'The worker was lost')
    await complete(first.slice(4))
    expect((await running).result).toEqual({ matched: 12, changed: 12, skipped: 0 })
    expect(await statusesOf(batchId)).toEqual({ COMPLETED: 5, QUEUED: 7 })
  })

  test('stops at the first attempt that fails, says why, and leaves the others alone', async () => {
    const { ann, id, batchId } = await ask()
    const running = run(ann, id)
    const [one = '', other = ''] = await rehearsed(id)
    await complete([one])
    await attempt(other, 'FAILED', 'The receiver answered 503.')
    expect((await running).error).toMatchObject({
      code: 'rehearsal_failed',
      message: expect.stringMatching(
        /first 5; 7 others left .*failed again: The receiver answered 503\./,
      ),
      options: { retryable: false },
    })
    expect(await statusesOf(batchId)).toMatchObject({ FAILED: 7 })
    const entry = await prisma().auditEntry.findFirstOrThrow({
      where: { targetId: id, action: 'jobs.retry-all' },
    })
    expect(entry.details).toMatchObject({ outcome: 'failed', matched: 5, changed: 5 })
  })

  test.each(['canceled', 'deleted'])('stops when one of the five is %s', async (how) => {
    const { ann, id, batchId } = await ask()
    const running = run(ann, id)
    const where = { id: (await rehearsed(id))[0] ?? '' }
    if (how === 'deleted') await prisma().job.delete({ where })
    else await prisma().job.update({ where, data: { status: 'CANCELED', finishedAt: new Date() } })
    const { error } = await running
    expect(error).toMatchObject({ message: expect.stringContaining(`was ${how}`) })
    expect(await statusesOf(batchId)).toMatchObject({ FAILED: 7 })
  })

  test('waits for the same five after a restart', async () => {
    const { ann, id, batchId } = await ask()
    const shutdown = new AbortController()
    const before = run(ann, id, shutdown.signal)
    const first = await rehearsed(id)
    shutdown.abort('shutdown')
    expect((await before).result).toBeUndefined()
    const after = run(ann, id)
    await complete(first)
    expect((await after).result).toMatchObject({ changed: 12 })
    expect(await rehearsedBy(id)).toEqual({ rehearsal: 'PASSED', rehearsed: first })
    expect(await statusesOf(batchId)).toEqual({ COMPLETED: 5, QUEUED: 7 })
  })

  test('rehearses again when it is retried after it stopped', async () => {
    const { ann, id, batchId } = await ask()
    const stopped = run(ann, id)
    const [one = '', ...rest] = await rehearsed(id)
    await complete(rest)
    await prisma().job.update({
      where: { id: one },
      data: { status: 'FAILED', error: { name: 'Error', message: 'Still down.' } },
    })
    expect((await stopped).error).toMatchObject({ code: 'rehearsal_failed' })
    const again = run(ann, id)
    const next = await rehearsed(id)
    expect(next).toContain(one)
    await complete(next)
    expect((await again).result).toEqual({ matched: 8, changed: 8, skipped: 0 })
    expect(await statusesOf(batchId)).toEqual({ COMPLETED: 9, QUEUED: 3 })
  })

  test('runs five or fewer at once', async () => {
    const { ann, id, batchId } = await ask(5)
    expect((await run(ann, id)).result).toEqual({ matched: 5, changed: 5, skipped: 0 })
    expect(await statusesOf(batchId)).toEqual({ QUEUED: 5 })
  })
})

function rehearsedBy(jobId: string) {
  const select = { rehearsal: true, rehearsed: true }
  return prisma().bulkAction.findUniqueOrThrow({ where: { jobId }, select })
}
