import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { cancelJobs } from '@/lib/jobs/transitions/cancel'
import { holdJobs } from '@/lib/jobs/transitions/hold'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { probe } from '@/test/support/probe'

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

async function newPerson(): Promise<string> {
  await cancelJobs(
    prisma(),
    (await prisma().job.findMany({ where: { endedAs: null } })).map(({ id }) => id),
  )
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
