import { Readable } from 'node:stream'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  deleteFileSoon,
  deleteJobSoon,
  deleteSelectedSoon,
  undelete,
} from '@/app/_server/undo/deletions'
import { uncancelJobs } from '@/app/_server/undo/uncancel'
import type { Job } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { probe } from '@/test/support/probe'
import { createDataDir } from '@/test/support/programs'
import { storeResult } from '@/workers/handlers/result'
import { deleteDue } from '@/workers/supervisor/deletions'

ownDatabase()

beforeAll(async () => {
  process.env.DATA_DIR = await createDataDir()
})

const HOUR = 3600_000
const find = (id: string) => prisma().job.findUnique({ where: { id } })

async function ended(ownerId: string): Promise<Job> {
  const { id } = await submit(probe, {}, { ownerId })
  const data = { status: 'FAILED', finishedAt: new Date() } as const
  return prisma().job.update({ where: { id }, data })
}

/** A file that a job made. */
async function fileOf({ id: jobId, ownerId }: Job): Promise<string> {
  const file = { jobId, ownerId: ownerId ?? '', name: 'a.csv', contentType: 'text/csv' }
  await storeResult({ ...file, content: Readable.from([Buffer.from('bytes')]) })
  return (await prisma().file.findUniqueOrThrow({ where: { jobId } })).id
}

/** The time for an Undo is over. */
const itIsTime = () => prisma().deletion.updateMany({ data: { at: new Date(0) } })

describe('a cancel that is taken back', () => {
  test('leaves a job its time', async () => {
    const ann = await createViewer()
    const { id, runAt } = await submit(probe, {}, { ownerId: ann.userId, delayMs: HOUR })
    await cancelJob(ann, id)
    expect(await uncancelJobs(ann, [id])).toBe(1)
    expect(await find(id)).toMatchObject({ status: 'SCHEDULED', runAt, finishedAt: null })
    expect(await prisma().pendingDispatch.count({ where: { jobId: id } })).toBe(1)
  })

  test('puts what waited back in line, and nothing of anybody else', async () => {
    const [ann, bob] = [await createViewer(), await createViewer()]
    const { id } = await submit(probe, {}, { ownerId: ann.userId })
    await cancelJob(ann, id)
    await expect(uncancelJobs(bob, [id])).rejects.toMatchObject({ code: 'conflict' })
    expect(await find(id)).toMatchObject({ status: 'CANCELED' })
    expect(await uncancelJobs(ann, [id])).toBe(1)
    expect(await find(id)).toMatchObject({ status: 'QUEUED' })
  })
})

describe('a deletion', () => {
  test('leaves everything there until the time for an Undo is over', async () => {
    const ann = await createViewer()
    const job = await ended(ann.userId)
    const file = await fileOf(job)
    await deleteJobSoon(ann, job.id)
    await deleteDue()
    expect(await find(job.id)).not.toBeNull()
    await itIsTime()
    await deleteDue()
    expect(await find(job.id)).toBeNull()
    expect(await prisma().file.count({ where: { id: file } })).toBe(0)
    expect(await prisma().deletion.count()).toBe(0)
  })

  test('takes place at its time and not before, by the database’s clock', async () => {
    const ann = await createViewer()
    const job = await ended(ann.userId)
    await deleteJobSoon(ann, job.id)
    const [row] = await prisma().$queryRaw<{ seconds: number }[]>`
      SELECT EXTRACT(EPOCH FROM at - now())::float8 AS seconds FROM "Deletion" WHERE id = ${job.id}::uuid`
    expect(row?.seconds).toBeGreaterThan(8)
    expect(row?.seconds).toBeLessThanOrEqual(10)
  })

  test('keeps the file where that was chosen', async () => {
    const ann = await createViewer()
    const job = await ended(ann.userId)
    const file = await fileOf(job)
    await deleteJobSoon(ann, job.id, { keepFiles: true })
    await itIsTime()
    await deleteDue()
    expect(await find(job.id)).toBeNull()
    expect(await prisma().file.count({ where: { id: file } })).toBe(1)
  })

  test('can be taken back by its person alone, and is over then', async () => {
    const [ann, bob] = [await createViewer(), await createViewer()]
    const jobs = [await ended(ann.userId), await ended(ann.userId)].map(({ id }) => id)
    const others = await ended(bob.userId)
    expect((await deleteSelectedSoon(ann, [...jobs, others.id])).toSorted()).toEqual(jobs)
    await expect(undelete(bob, jobs)).rejects.toMatchObject({ code: 'conflict' })
    expect(await undelete(ann, jobs)).toBe(2)
    await itIsTime()
    await deleteDue()
    expect(await prisma().job.count({ where: { id: { in: [...jobs, others.id] } } })).toBe(3)
    await expect(undelete(ann, jobs)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('spares a job that was retried meanwhile', async () => {
    const ann = await createViewer()
    const job = await ended(ann.userId)
    await deleteJobSoon(ann, job.id)
    await retryJob(ann, job.id)
    await itIsTime()
    await deleteDue()
    expect(await find(job.id)).toMatchObject({ status: 'QUEUED' })
    expect(await prisma().deletion.count()).toBe(0)
  })

  test('is refused for a job that has not ended', async () => {
    const ann = await createViewer()
    const { id } = await submit(probe, {}, { ownerId: ann.userId })
    await expect(deleteJobSoon(ann, id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await deleteSelectedSoon(ann, [id])).toEqual([])
  })

  test('of a file waits as well, and spares one that a job needs by then', async () => {
    const ann = await createViewer()
    const files = [await fileOf(await ended(ann.userId)), await fileOf(await ended(ann.userId))]
    const [file = '', needed = ''] = files
    for (const id of files) await deleteFileSoon(ann, id)
    await deleteDue()
    expect(await prisma().file.count({ where: { id: { in: files } } })).toBe(2)
    const { id: jobId } = await submit(probe, {}, { ownerId: ann.userId })
    await prisma().job.update({ where: { id: jobId }, data: { input: { fileId: needed } } })
    await itIsTime()
    await deleteDue()
    const left = await prisma().file.findMany({ where: { id: { in: [file, needed] } } })
    expect(left.map(({ id }) => id)).toEqual([needed])
  })
})
