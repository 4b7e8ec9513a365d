import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, expect, it, vi } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { removeLeftovers } from '@/lib/files/leftovers'
import { claimJobs } from '@/lib/jobs/transitions/claim'
import { finishJobs } from '@/lib/jobs/transitions/finish'
import { removeJob, removeJobs } from '@/lib/jobs/transitions/remove'
import { queue } from '@/lib/queue/backend'
import { storage } from '@/lib/storage/storage'
import { StorageError } from '@/lib/storage/storage-error'
import { attemptsOf, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'
import { probe } from '@/test/support/probe'
import { createDataDir } from '@/test/support/programs'
import { storeResult } from '@/workers/handlers/result'

ownDatabase()

beforeAll(async () => {
  process.env.DATA_DIR = await createDataDir()
})

/** An ended job with a file that it made. */
async function withFile() {
  const ann = await createViewer()
  const jobId = await createJobRecord(ann.userId, 'email', {}, 'COMPLETED')
  const content = Readable.from([Buffer.from('bytes')])
  const file = { jobId, ownerId: ann.userId, name: 'a.csv', contentType: 'text/csv', content }
  const { storageKey } = await storeResult(file)
  return { ann, jobId, storageKey }
}

const leftovers = () => prisma().leftoverBytes.count()
const isStored = (key: string) =>
  storage()
    .get(key)
    .then((content) => Boolean(content.destroy()))
    .catch(() => false)

it('asks storage for nothing while jobs are locked, nor before their removal is sure [C5.6]', async () => {
  const { jobId, storageKey } = await withFile()
  const remove = vi.spyOn(storage(), 'remove')
  const undone = transaction(async (tx) => {
    expect(await removeJobs(tx, [jobId])).toMatchObject([{ id: jobId, bytes: 5 }])
    throw new Error('Undone')
  })
  await expect(undone).rejects.toThrow('Undone')
  expect(remove).not.toHaveBeenCalled()
  remove.mockRestore()
  expect(await isStored(storageKey)).toBe(true)
  expect(await prisma().file.count({ where: { jobId } })).toBe(1)
  expect(await leftovers()).toBe(0)
})

it('removes the bytes at the next opportunity when storage is away, or the process dies [C5.6]', async () => {
  const { jobId, storageKey } = await withFile()
  const away = new StorageError('unavailable', 'Storage is away.')
  const remove = vi.spyOn(storage(), 'remove').mockRejectedValue(away)
  await transaction((tx) => removeJobs(tx, [jobId]))
  await vi.waitFor(() => expect(remove).toHaveBeenCalled())
  await expect(removeLeftovers()).rejects.toThrow('Storage is away.')
  expect(await prisma().job.count({ where: { id: jobId } })).toBe(0)
  expect(await leftovers()).toBe(1)
  remove.mockRestore()

  await removeLeftovers()
  expect(await isStored(storageKey)).toBe(false)
  expect(await leftovers()).toBe(0)
})

it('leaves the file of a job that is deleted by itself', async () => {
  const { ann, jobId, storageKey } = await withFile()
  expect(await removeJob(ann, jobId)).toMatchObject({ id: jobId })
  expect(await prisma().file.findUnique({ where: { storageKey } })).toMatchObject({ jobId: null })
  expect(await isStored(storageKey)).toBe(true)
})

it('removes that file as well where it is asked to', async () => {
  const { ann, jobId, storageKey } = await withFile()
  await removeJob(ann, jobId, { deleteFiles: true })
  expect(await prisma().file.count({ where: { storageKey } })).toBe(0)
  await vi.waitFor(async () => expect(await isStored(storageKey)).toBe(false))
})

it('says what to do about a job that has not ended', async () => {
  const ann = await createViewer()
  const id = await createJobRecord(ann.userId, 'email', {}, 'RETRYING')
  await expect(removeJob(ann, id)).rejects.toMatchObject({
    code: 'conflict',
    message: 'Only ended jobs can be deleted; this one is retrying. Cancel it first.',
  })
})

it('takes what has not ended only where it is told to, and out of its queue', async () => {
  const { id, queue: name } = await submit(probe, {})
  const [claim] = await claimJobs([{ jobId: id, token: randomUUID() }], uuidv7(), 1)
  const entry = async () => (await queue(name)).getJob(id)
  await vi.waitFor(async () => expect(await entry()).toBeDefined())
  expect(await transaction((tx) => removeJobs(tx, [id]))).toEqual([])

  expect(await transaction((tx) => removeJobs(tx, [id], { open: true }))).toMatchObject([
    { id, was: 'ACTIVE' },
  ])
  await vi.waitFor(async () => expect(await entry()).toBeUndefined())
  if (claim?.decision !== 'run') throw new Error('It was not claimed')
  const ending = { ...claim.claimed, outcome: 'COMPLETED', status: 'COMPLETED' } as const
  expect(await finishJobs([ending])).toEqual(['refused'])
  expect(await attemptsOf(id)).toEqual([])
})
