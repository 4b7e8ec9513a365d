import { Readable } from 'node:stream'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { askForBulk, COUNTED_UP_TO, previewBulk } from '@/app/_server/jobs/ask'
import { changeSelected } from '@/app/_server/jobs/selected'
import { submitJob } from '@/app/_server/jobs/submit'
import type { Viewer } from '@/lib/access/viewer'
import type { JobStatus } from '@/lib/db/generated/enums'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import type { BulkActionName } from '@/lib/jobs/bulk/action'
import { catalog } from '@/lib/jobs/catalog'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import type { FilterWords } from '@/lib/jobs/lists/filter'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { storage } from '@/lib/storage/storage'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { reaches } from '@/test/support/engine'
import { jobContext } from '@/test/support/job-context'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { createDataDir } from '@/test/support/programs'
import { bulkAction } from '@/workers/handlers/bulk-action'
import { beginBulk, bulkSlice } from '@/workers/handlers/bulk-action/run'
import { handlers } from '@/workers/handlers/index'
import { storeResult } from '@/workers/handlers/result'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'

ownDatabase()

beforeAll(async () => {
  process.env.DATA_DIR = await createDataDir()
})

const HOUR = 3600_000

/** Jobs of a person that no worker takes, some of them in another status. */
async function make(ownerId: string, count: number, status?: JobStatus): Promise<string[]> {
  const items = Array.from({ length: count }, (_, index) => ({
    input: { to: `p${index}@example.com`, template: 'notice' as const },
    delayMs: HOUR,
  }))
  const { batchId } = await transaction((tx) => enqueueMany(tx, catalog.email, items, { ownerId }))
  if (status) {
    await prisma().job.updateMany({
      where: { batchId },
      data: { status, attempt: 3, finishedAt: new Date() },
    })
  }
  const jobs = await prisma().job.findMany({ where: { batchId }, orderBy: { id: 'asc' } })
  return jobs.map(({ id }) => id)
}

/** Asks for an action and does it as a worker would; its result. */
async function act(viewer: Viewer, action: BulkActionName, filter: FilterWords, also: Also = {}) {
  const job = await askForBulk(viewer, { action, filter, ...also })
  return { job, result: await bulkAction(contextOf(viewer, job.id, action, filter, also)) }
}

type Also = { deleteFiles?: boolean }

function contextOf(
  viewer: Viewer,
  jobId: string,
  action: BulkActionName,
  filter: FilterWords,
  also: Also = {},
) {
  const input = { action, filter, everybody: viewer.role === 'ADMIN', ...also }
  return jobContext<'bulk-action'>(input, { jobId, ownerId: viewer.userId })
}

const statusesOf = async (ids: string[]) => {
  const jobs = await prisma().job.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } })
  return jobs.map(({ status }) => status)
}

const entriesOf = (jobId: string) =>
  prisma().auditEntry.findMany({ where: { targetId: jobId }, orderBy: { id: 'asc' } })
describe('retrying all that match', () => {
  test('runs exactly the person’s own failed ones again, over slices, and says so', async () => {
    const [ann, bob] = [await createViewer(), await createViewer()]
    const failed = await make(ann.userId, 1_200, 'FAILED')
    const completed = await make(ann.userId, 3, 'COMPLETED')
    const others = await make(bob.userId, 2, 'FAILED')
    const { job, result } = await act(ann, 'retry', { status: 'failed', type: 'email' })
    expect(result).toEqual({ matched: 1_200, changed: 1_200, skipped: 0 })
    expect(new Set(await statusesOf(failed))).toEqual(new Set(['QUEUED']))
    expect(new Set(await statusesOf(completed))).toEqual(new Set(['COMPLETED']))
    expect(new Set(await statusesOf(others))).toEqual(new Set(['FAILED']))
    expect(job.title).toBe('Retry all that match: failed, email')
    const entries = await entriesOf(job.id)
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['jobs.retry-all.ask', ann.userId],
      ['jobs.retry-all', ann.userId],
    ])
    expect(entries[1]?.details).toMatchObject({
      ...{ outcome: 'completed', matched: 1_200, changed: 1_200, skipped: 0, everybody: false },
      filter: { status: 'failed', type: 'email' },
    })
  })

  test('gives them a turn behind the person’s waiting ones, one after the other', async () => {
    const ann = await createViewer()
    const waiting = await make(ann.userId, 5)
    await prisma().job.updateMany({
      where: { id: { in: waiting } },
      data: { status: 'QUEUED', turn: 70_000 },
    })
    const failed = await make(ann.userId, 3, 'FAILED')
    await act(ann, 'retry', { status: 'failed' })
    const jobs = await prisma().job.findMany({
      where: { id: { in: failed } },
      orderBy: { id: 'asc' },
    })
    expect(jobs.map(({ turn }) => turn)).toEqual([70_001, 70_002, 70_003])
  })

  test('leaves alone what came after it was asked for, and its own kind', async () => {
    const ann = await createViewer()
    const failed = await make(ann.userId, 2, 'FAILED')
    const other = await askForBulk(ann, { action: 'retry', filter: {} })
    await prisma().job.update({ where: { id: other.id }, data: { status: 'FAILED' } })
    const job = await askForBulk(ann, { action: 'retry', filter: {} })
    await new Promise((resolve) => setTimeout(resolve, 5))
    const late = await make(ann.userId, 2, 'FAILED')
    const result = await bulkAction(contextOf(ann, job.id, 'retry', {}))
    expect(result).toEqual({ matched: 2, changed: 2, skipped: 0 })
    expect(await statusesOf([...failed, ...late, other.id])).toEqual([
      ...['QUEUED', 'QUEUED', 'FAILED', 'FAILED', 'FAILED'],
    ])
  })

  test('skips work that is under way as another job', async () => {
    const ann = await createViewer()
    const failed = await make(ann.userId, 3, 'FAILED')
    await prisma().job.updateMany({
      where: { id: { in: failed } },
      data: { dedupeKey: `work of ${ann.userId}` },
    })
    const { result } = await act(ann, 'retry', {})
    expect(result).toEqual({ matched: 3, changed: 1, skipped: 2 })
  })

  test('goes on where an attempt stopped, and retries none twice', async () => {
    const ann = await createViewer()
    const failed = await make(ann.userId, 2_300, 'FAILED')
    const job = await askForBulk(ann, { action: 'retry', filter: { status: 'failed' } })
    const context = contextOf(ann, job.id, 'retry', { status: 'failed' })
    const begun = await beginBulk(context)
    expect(begun.total).toBe(2_300)
    await bulkSlice(context, begun)
    // They fail again while the job's next attempt is awaited.
    await prisma().job.updateMany({
      where: { id: { in: failed.slice(0, 10) } },
      data: { status: 'FAILED' },
    })
    expect(await bulkAction(context)).toEqual({ matched: 2_300, changed: 2_300, skipped: 0 })
    expect(await prisma().job.count({ where: { ownerId: ann.userId, status: 'FAILED' } })).toBe(10)
    expect(await entriesOf(job.id)).toHaveLength(2)
    // Its ending was recorded, but the worker died before it could say so.
    expect(await bulkAction(context)).toMatchObject({ matched: 2_300, changed: 2_300 })
    expect(await entriesOf(job.id)).toHaveLength(2)
  })

  test('changes nothing more in an attempt that was given up', async () => {
    const ann = await createViewer()
    await make(ann.userId, 1_500, 'FAILED')
    const job = await askForBulk(ann, { action: 'retry', filter: {} })
    const context = contextOf(ann, job.id, 'retry', {})
    const begun = await beginBulk(context)
    await bulkSlice(context, begun)
    await expect(bulkSlice(context, begun)).rejects.toThrow('A newer attempt goes on with this.')
    const left = { ownerId: ann.userId, status: 'FAILED' } as const
    expect(await prisma().job.count({ where: left })).toBe(500)
  })

  test('stops between slices when it is canceled, and the audit log says how far it came', async () => {
    const ann = await createViewer()
    await make(ann.userId, 1_500, 'FAILED')
    const job = await askForBulk(ann, { action: 'retry', filter: {} })
    const abort = new AbortController()
    const context = contextOf(ann, job.id, 'retry', {})
    const stopped = bulkAction({
      ...context,
      signal: abort.signal,
      progress: () => abort.abort('canceled'),
    })
    await expect(stopped).rejects.toBe('canceled')
    expect((await entriesOf(job.id)).at(-1)?.details).toMatchObject({
      ...{ outcome: 'canceled', matched: 1_000, changed: 1_000 },
    })
    expect(await bulkAction(context)).toEqual({ matched: 1_500, changed: 1_500, skipped: 0 })
  })
})

describe('canceling all that match', () => {
  test('ends what waits, tells what runs to stop, and never itself or others of its kind', async () => {
    const ann = await createViewer()
    const waiting = await make(ann.userId, 3)
    const active = await make(ann.userId, 1, 'ACTIVE')
    const other = await askForBulk(ann, { action: 'cancel', filter: {} })
    const { job, result } = await act(ann, 'cancel', {})
    expect(result).toEqual({ matched: 4, changed: 4, skipped: 0 })
    expect(await statusesOf(waiting)).toEqual(['CANCELED', 'CANCELED', 'CANCELED'])
    const running = await prisma().job.findUniqueOrThrow({ where: { id: active[0] ?? '' } })
    expect(running).toMatchObject({ status: 'ACTIVE', cancelRequestedAt: expect.any(Date) })
    expect(await statusesOf([other.id, job.id])).toEqual(['QUEUED', 'QUEUED'])
    expect((await act(ann, 'cancel', {})).result).toMatchObject({ matched: 0 })
  })
})

describe('deleting all that match', () => {
  const isStored = (key: string) =>
    storage()
      .get(key)
      .then((content) => Boolean(content.destroy()))
      .catch(() => false)

  /** Two ended jobs, one with a file that it made, and one that waits. */
  async function makeWithFile() {
    const ann = await createViewer()
    const [made = ''] = await make(ann.userId, 2, 'COMPLETED')
    const waiting = await make(ann.userId, 1)
    const content = Readable.from([Buffer.from('bytes')])
    const file = { jobId: made, ownerId: ann.userId, name: 'a.csv', contentType: 'text/csv' }
    const { storageKey } = await storeResult({ ...file, content })
    const where = { ownerId: ann.userId }
    return { ann, made, waiting, storageKey, files: () => prisma().file.count({ where }) }
  }

  test('removes ended jobs and nothing that waits; the files they made stay', async () => {
    const { ann, waiting, storageKey, files } = await makeWithFile()
    const { result } = await act(ann, 'delete', { type: 'email' })
    expect(result).toEqual({ matched: 2, changed: 2, skipped: 0 })
    expect(await statusesOf(waiting)).toEqual(['SCHEDULED'])
    expect(await files()).toBe(1)
    expect(await isStored(storageKey)).toBe(true)
  })

  test('removes the files, and their bytes, where that is asked for', async () => {
    const { ann, storageKey, files } = await makeWithFile()
    const { result } = await act(ann, 'delete', { type: 'email' }, { deleteFiles: true })
    expect(result).toEqual({ matched: 2, changed: 2, skipped: 0 })
    expect(await files()).toBe(0)
    await expect.poll(() => isStored(storageKey)).toBe(false)
  })

  test('does the same with those that were chosen one by one', async () => {
    const kept = await makeWithFile()
    await changeSelected(kept.ann, { action: 'delete' }, [kept.made])
    expect(await prisma().job.count({ where: { id: kept.made } })).toBe(0)
    expect(await kept.files()).toBe(1)
    const gone = await makeWithFile()
    await changeSelected(gone.ann, { action: 'delete', deleteFiles: true }, [gone.made])
    expect(await gone.files()).toBe(0)
  })
})

describe('whose jobs', () => {
  test('are everybody’s for an admin, or those of one owner', async () => {
    const [admin, ann, bob] = [
      await createViewer('ADMIN'),
      await createViewer(),
      await createViewer(),
    ]
    const tag = `tag-${admin.userId}`
    const [anns, bobs] = [await make(ann.userId, 2), await make(bob.userId, 2)]
    await prisma().jobFacts.updateMany({
      where: { jobId: { in: [...anns, ...bobs] } },
      data: { tags: [tag] },
    })
    expect((await act(admin, 'cancel', { tag, owner: bob.userId })).result.changed).toBe(2)
    expect(await statusesOf(anns)).toEqual(['SCHEDULED', 'SCHEDULED'])
    expect((await act(admin, 'cancel', { tag })).result.changed).toBe(2)
    expect(await statusesOf(anns)).toEqual(['CANCELED', 'CANCELED'])
  })

  test('are nobody’s when the right was taken away meanwhile', async () => {
    const [admin, ann] = [await createViewer('ADMIN'), await createViewer()]
    const jobs = await make(ann.userId, 2)
    const filter = { owner: ann.userId }
    const job = await askForBulk(admin, { action: 'cancel', filter })
    await prisma().user.update({ where: { id: admin.userId }, data: { role: 'USER' } })
    await expect(bulkAction(contextOf(admin, job.id, 'cancel', filter))).rejects.toMatchObject({
      code: 'not_allowed',
      options: { retryable: false },
    })
    expect(await statusesOf(jobs)).toEqual(['SCHEDULED', 'SCHEDULED'])
    expect((await entriesOf(job.id)).at(-1)?.details).toMatchObject({
      ...{ outcome: 'failed', changed: 0 },
    })
  })

  test('are nobody’s when the right is taken away between slices', async () => {
    const [admin, ann] = [await createViewer('ADMIN'), await createViewer()]
    await make(ann.userId, 1_100)
    const filter = { owner: ann.userId }
    const job = await askForBulk(admin, { action: 'cancel', filter })
    const context = contextOf(admin, job.id, 'cancel', filter)
    const first = await bulkSlice(context, await beginBulk(context))
    await prisma().user.update({ where: { id: admin.userId }, data: { disabledAt: new Date() } })
    if (!first) throw new Error('There was nothing to do')
    await expect(bulkSlice(context, first)).rejects.toMatchObject({ code: 'not_allowed' })
    const left = { ownerId: ann.userId, status: 'SCHEDULED' } as const
    expect(await prisma().job.count({ where: left })).toBe(100)
  })
})

describe('before it is asked for', () => {
  test('shows the exact number and the newest five', async () => {
    const ann = await createViewer()
    await make(ann.userId, 4)
    const failed = await make(ann.userId, 7, 'FAILED')
    const preview = await previewBulk(ann, { action: 'retry', filter: {} })
    expect(preview.count).toBe(7)
    expect(preview.sample.map(({ id }) => id)).toEqual(failed.slice(-5).reverse())
  })

  test('counts no further than it has to', async () => {
    const ann = await createViewer()
    await make(ann.userId, 9_000)
    await make(ann.userId, 1_500)
    const { count } = await previewBulk(ann, { action: 'cancel', filter: {} })
    expect(count).toBe(COUNTED_UP_TO + 1)
  })
})

describe('chosen by hand', () => {
  test('changes those that are the viewer’s and in a state for it', async () => {
    const [ann, bob] = [await createViewer(), await createViewer()]
    const failed = await make(ann.userId, 2, 'FAILED')
    const completed = await make(ann.userId, 1, 'COMPLETED')
    const others = await make(bob.userId, 1, 'FAILED')
    const chosen = [...failed, ...completed, ...others, 'no id']
    expect(await changeSelected(ann, { action: 'retry' }, chosen)).toEqual(failed)
    expect(await statusesOf([...failed, ...completed, ...others])).toEqual([
      ...['QUEUED', 'QUEUED', 'COMPLETED', 'FAILED'],
    ])
    expect(await changeSelected(ann, { action: 'delete' }, [...completed, ...others])).toEqual(
      completed,
    )
    expect(await prisma().job.count({ where: { id: { in: others } } })).toBe(1)
    expect(await changeSelected(ann, { action: 'cancel' }, chosen)).toEqual(failed)
    const entries = await prisma().auditEntry.findMany({
      where: { actorId: ann.userId },
      orderBy: { id: 'asc' },
    })
    expect(entries.map(({ action }) => action)).toEqual([
      ...['jobs.retry-selected', 'jobs.delete-selected', 'jobs.cancel-selected'],
    ])
  })
})

describe('POST /api/v1/jobs/actions', () => {
  const post = (user: ApiUser, body: unknown) =>
    callApi('POST /api/v1/jobs/actions', user, { body })
  let ann: ApiUser
  beforeAll(async () => {
    ann = await createApiUser()
  })

  test('answers with the job that does it', async () => {
    const response = await post(ann, { action: 'cancel', filter: { tag: 'spring' } })
    expect(response.status).toBe(202)
    const { job } = await response.json()
    expect(job).toMatchObject({ type: 'bulk-action', status: 'queued', queue: 'bulk-actions' })
    expect(response.headers.get('location')).toBe(`/api/v1/jobs/${job.id}`)
  })

  test('refuses what is no filter, whose jobs it is not, and too many at once', async () => {
    const status = async (body: unknown) => (await post(ann, body)).status
    expect(await status({ action: 'cancel' })).toBe(422)
    expect(await status({ action: 'pause', filter: {} })).toBe(422)
    expect(await status({ action: 'cancel', filter: { limit: 5 } })).toBe(422)
    expect(await status({ action: 'cancel', filter: { status: 'FAILED' } })).toBe(422)
    expect(await status({ action: 'cancel', filter: { owner: uuidv7() } })).toBe(403)
    expect(await status({ action: 'cancel', filter: { owner: ann.userId } })).toBe(202)
    expect(await status({ action: 'cancel', filter: {} })).toBe(202)
    expect(await status({ action: 'cancel', filter: {} })).toBe(409)
  })

  test('is for filters only: nobody hands over its input', async () => {
    const input = { action: 'delete', filter: {}, everybody: true }
    await expect(
      submitJob({ userId: ann.userId, role: 'USER' }, { type: 'bulk-action', input }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('with a worker', () => {
  beforeAll(async () => {
    const jobs = catalogJobs(handlers).filter(({ definition }) => definition.type === 'bulk-action')
    const worker = await startWorker({ jobs, version: 'test' })
    return () => worker.stop(1_000)
  })

  test('ends with its result, and can be canceled like any job', async () => {
    const ann = await createViewer()
    await make(ann.userId, 2_500)
    const job = await askForBulk(ann, { action: 'cancel', filter: {} })
    const done = await reaches(job.id, 'COMPLETED')
    expect(done.result).toEqual({ matched: 2_500, changed: 2_500, skipped: 0 })

    const failed = await make(ann.userId, 10, 'FAILED')
    const waiting = await askForBulk(ann, { action: 'retry', filter: {} })
    await cancelJob(ann, waiting.id).catch(() => undefined)
    const { status } = await reaches(waiting.id, ['CANCELED', 'COMPLETED'])
    const expected = status === 'CANCELED' ? 'FAILED' : 'QUEUED'
    expect(new Set(await statusesOf(failed))).toEqual(new Set([expected]))
  })
})
