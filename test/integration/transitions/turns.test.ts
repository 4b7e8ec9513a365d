import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { expect, test, vi } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { holdJobs } from '@/lib/jobs/transitions/hold'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { probe } from '@/test/support/probe'
import { createClaim } from '@/workers/runtime/attempts'

ownDatabase()

type Given = { count?: number; delayMs?: number; staggerMs?: number; priority?: number }

/** Enqueues a batch that nobody hands over. @returns the turns of its jobs */
async function turnsOf(ownerId: string, { count = 3, staggerMs, ...each }: Given = {}) {
  const items = Array.from({ length: count }, () => ({ input: {}, ...each }))
  const { batchId } = await prisma().$transaction((tx) =>
    enqueueMany(tx, probe, items, { ownerId, staggerMs }),
  )
  const jobs = await prisma().job.findMany({ where: { batchId }, orderBy: { id: 'asc' } })
  return jobs.map(({ turn }) => turn)
}

/** A person whose jobs are alone, in a line that nothing has started in. */
async function newPerson(): Promise<string> {
  await prisma().lineTurn.deleteMany()
  await prisma().job.updateMany({ where: { endedAs: null }, data: { status: 'COMPLETED' } })
  return (await createViewer()).userId
}

test('a person’s jobs come after those that they wait for already, staggered or not', async () => {
  const ann = await newPerson()
  expect(await turnsOf(ann)).toEqual([1, 2, 3])
  expect(await turnsOf(ann, { staggerMs: 1_000 })).toEqual([4, 5, 6])
  expect(await turnsOf(ann, { staggerMs: 1_000 })).toEqual([7, 8, 9])
})

test('jobs of tomorrow hold up nothing that their owner adds today', async () => {
  const ann = await newPerson()
  await turnsOf(ann, { delayMs: 24 * 3_600_000 })
  expect(await turnsOf(ann)).toEqual([1, 2, 3])
})

test('whoever comes anew goes with the first in line, though nothing runs at that moment', async () => {
  const ann = await newPerson()
  await turnsOf(ann, { count: 20 })
  await prisma().job.updateMany({ where: { turn: { lt: 8 } }, data: { status: 'COMPLETED' } })
  const ben = (await createViewer()).userId
  expect(await turnsOf(ben)).toEqual([8, 9, 10])
  expect(await turnsOf((await createViewer()).userId, { priority: 50 })).toEqual([1, 2, 3])
})

/** A worker starts this person's job of this turn. */
async function start(ownerId: string, turn: number): Promise<void> {
  const { id, priority } = await prisma().job.findFirstOrThrow({ where: { ownerId, turn } })
  const claim = createClaim(uuidv7(), () => 1)
  expect(await claim({ jobId: id, token: randomUUID() })).toMatchObject({ decision: 'run' })
  await vi.waitFor(async () =>
    expect(await prisma().lineTurn.findFirst({ where: { priority, turn } })).not.toBeNull(),
  )
}

test('whoever comes anew goes with the job that started last, though an older turn waits', async () => {
  const ann = await newPerson()
  await turnsOf(ann, { count: 20 })
  await start(ann, 8)
  const ben = (await createViewer()).userId
  expect(await turnsOf(ben)).toEqual([8, 9, 10])
  expect(await turnsOf(ann, { count: 1 })).toEqual([21])
})

test('a line that is done goes on from where it was', async () => {
  const ann = await newPerson()
  await turnsOf(ann, { count: 20 })
  await start(ann, 20)
  await prisma().job.updateMany({ where: { ownerId: ann }, data: { status: 'COMPLETED' } })
  expect(await turnsOf(ann, { count: 1 })).toEqual([20])
})

test('a line begins at 1 again before a queue can tell its turns no longer apart', async () => {
  const ann = await newPerson()
  await turnsOf(ann)
  await prisma().job.updateMany({ where: { ownerId: ann, turn: 3 }, data: { turn: 200_000 } })
  await start(ann, 200_000)
  await prisma().job.updateMany({ where: { ownerId: ann }, data: { status: 'COMPLETED' } })
  const ben = (await createViewer()).userId
  expect(await turnsOf(ben)).toEqual([1, 2, 3])
  await start(ben, 2)
  expect(await turnsOf((await createViewer()).userId)).toEqual([2, 3, 4])
})

test('what a pause holds is in no line', async () => {
  const ann = await newPerson()
  await turnsOf(ann, { count: 20 })
  await prisma().job.updateMany({ where: { turn: { lt: 8 } }, data: { status: 'COMPLETED' } })
  const ownerId = (await createViewer()).userId
  await turnsOf(ownerId, { count: 10 })
  const held = await prisma().job.findMany({ where: { ownerId } })
  await prisma().pause.create({ data: { id: uuidv7(), ownerId, reason: 'A test' } })
  expect((await holdJobs(held.map(({ id }) => id))).size).toBe(10)
  expect(await turnsOf(ownerId)).toEqual([8, 9, 10])
  expect(await turnsOf((await createViewer()).userId)).toEqual([8, 9, 10])
})
