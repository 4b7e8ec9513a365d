import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'
import { createOrphanSearch } from '@/workers/supervisor/orphans'

const MINUTE_MS = 60_000

let workerId: string
let time: number
const search = () => createOrphanSearch(() => time)
const countsAsDead = async () =>
  (await prisma().worker.findUniqueOrThrow({ where: { id: workerId } })).stoppedAt !== null

describe('the search for dead workers', () => {
  ownDatabase()

  beforeEach(async () => {
    workerId = uuidv7()
    time = 0
    const heartbeatAt = new Date(Date.now() - MINUTE_MS)
    await prisma().worker.create({
      data: { id: workerId, host: 'there', pid: 1, version: 'test', queues: [], heartbeatAt },
    })
  })

  test('marks a worker that said nothing while PostgreSQL answered', async () => {
    const recover = search()
    await recover()
    time += MINUTE_MS
    await recover()
    expect(await countsAsDead()).toBe(true)
  })

  test('lets workers speak first when PostgreSQL was away', async () => {
    const recover = search()
    await recover()
    time += MINUTE_MS
    await prisma().$executeRawUnsafe('ALTER TABLE "Worker" RENAME TO "Away"')
    await expect(recover()).rejects.toThrow()
    await prisma().$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "Worker"')
    await recover()
    expect(await countsAsDead()).toBe(false)
    time += MINUTE_MS
    await recover()
    expect(await countsAsDead()).toBe(true)
  })
})
