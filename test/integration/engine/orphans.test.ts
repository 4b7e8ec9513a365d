import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, it, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { attemptsOf, submit } from '@/test/support/engine'
import { orphanSearch } from '@/test/support/orphan-search'
import { ownDatabase } from '@/test/support/own-database'
import { probe } from '@/test/support/probe'
import { createClaim } from '@/workers/runtime/attempts'

const MINUTE_MS = 60_000

let workerId: string

const countsAsDead = async () =>
  (await prisma().worker.findUniqueOrThrow({ where: { id: workerId } })).stoppedAt !== null

ownDatabase()

beforeEach(async () => {
  await prisma().worker.deleteMany()
  workerId = await createWorker({ heartbeatAt: new Date(Date.now() - MINUTE_MS) })
})

async function createWorker(data: object): Promise<string> {
  const id = uuidv7()
  const worker = { id, host: 'there', pid: 1, version: 'test', queues: [] }
  await prisma().worker.create({ data: { ...worker, ...data } })
  return id
}

describe('the search for dead workers', () => {
  test('marks a worker that said nothing while PostgreSQL answered', async () => {
    const { search, searchFor } = orphanSearch()
    await search()
    expect(await countsAsDead()).toBe(false)
    await searchFor(MINUTE_MS)
    expect(await countsAsDead()).toBe(true)
  })

  test('lets workers speak first when PostgreSQL was away', async () => {
    const { search, searchFor, sleep } = orphanSearch()
    await search()
    await prisma().$executeRawUnsafe('ALTER TABLE "Worker" RENAME TO "Away"')
    await expect(searchFor(MINUTE_MS)).rejects.toThrow()
    await prisma().$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "Worker"')
    sleep(5_000)
    await search()
    expect(await countsAsDead()).toBe(false)
    await searchFor(MINUTE_MS)
    expect(await countsAsDead()).toBe(true)
  })

  it('lets workers speak first when its own process slept, since theirs may have too [R8]', async () => {
    const { search, searchFor, sleep } = orphanSearch()
    await searchFor(5_000)
    sleep(MINUTE_MS)
    await search()
    expect(await countsAsDead()).toBe(false)
    await searchFor(MINUTE_MS)
    expect(await countsAsDead()).toBe(true)
  })

  it('spares the worker of its own process, however long that said nothing [R8]', async () => {
    await orphanSearch(workerId).searchFor(MINUTE_MS)
    expect(await countsAsDead()).toBe(false)
  })
})

describe('the attempts of a dead worker', () => {
  /** Jobs that the worker runs. */
  async function running(count: number): Promise<string[]> {
    const claim = createClaim(workerId, () => count)
    const jobs = await Promise.all(Array.from({ length: count }, () => submit(probe, {})))
    for (const { id } of jobs) await claim({ jobId: id, token: uuidv7() })
    return jobs.map(({ id }) => id)
  }

  const recover = () => orphanSearch().searchFor(MINUTE_MS)

  async function recordOf(id: string) {
    const { status, attempt, maxAttempts, crashes } = await prisma().job.findUniqueOrThrow({
      where: { id },
    })
    return { status, left: maxAttempts - attempt, crashes }
  }
  const records = (ids: string[]) => Promise.all(ids.map(recordOf))

  it('count where the worker ran but this one [R4]', async () => {
    const ids = await running(1)
    await recover()
    expect(await records(ids)).toEqual([{ status: 'RETRYING', left: 2, crashes: 1 }])
  })

  it('do not count where it is not known which of them it was, and all are suspects [R4]', async () => {
    const ids = await running(3)
    await recover()
    const suspect = { status: 'RETRYING', left: 3, crashes: 1 }
    expect(await records(ids)).toEqual([suspect, suspect, suspect])
    expect(await attemptsOf(ids[0] ?? '')).toMatchObject([
      {
        outcome: 'LOST',
        error: { message: expect.stringMatching(/and others: it does not count/) },
      },
    ])
  })

  it('count for the one that the process named, and the others are no suspects [R4]', async () => {
    const ids = await running(3)
    await prisma().worker.update({
      where: { id: workerId },
      data: {
        stoppedAt: new Date(),
        lostAt: new Date(),
        crash: 'TypeError: nothing is not a function',
        crashedBy: ids[1] ?? null,
      },
    })
    await recover()
    const innocent = { status: 'RETRYING', left: 3, crashes: 0 }
    expect(await records(ids)).toEqual([
      innocent,
      { status: 'RETRYING', left: 2, crashes: 2 },
      innocent,
    ])
    expect(await attemptsOf(ids[1] ?? '')).toMatchObject([
      { error: { code: 'worker_lost', message: expect.stringContaining('nothing is not') } },
    ])
  })

  it('do not count where somebody killed three workers, one after another [R4]', async () => {
    const ids = await running(2)
    for (const crashes of [1, 2, 3]) {
      await recover()
      const suspect = { status: 'RETRYING', left: 3, crashes }
      expect(await records(ids)).toEqual([suspect, suspect])
      workerId = await createWorker({ heartbeatAt: new Date(Date.now() - MINUTE_MS) })
      const claim = createClaim(workerId, () => 2)
      for (const jobId of ids) await claim({ jobId, token: uuidv7() })
    }
  })

  it('do not count where the worker had said goodbye [R4]', async () => {
    const ids = await running(2)
    await prisma().worker.update({ where: { id: workerId }, data: { stoppedAt: new Date() } })
    await recover()
    const innocent = { status: 'RETRYING', left: 3, crashes: 0 }
    expect(await records(ids)).toEqual([innocent, innocent])
  })

  it('count after three deaths that nobody explained, so that none goes on for ever [R4]', async () => {
    const ids = await running(2)
    await prisma().job.updateMany({ where: { id: ids[0] ?? '' }, data: { crashes: 3 } })
    await recover()
    expect(await records(ids)).toEqual([
      { status: 'RETRYING', left: 2, crashes: 4 },
      { status: 'RETRYING', left: 3, crashes: 1 },
    ])
  })
})
