import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { health } from '@/app/_server/health/checks'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { recordWorker, whileItLives } from '@/test/support/living-worker'
import { ownDatabase } from '@/test/support/own-database'
import { registerWorker } from '@/workers/runtime/register'

const identity = () => ({ workerId: uuidv7(), version: 'test', queues: ['probe'], types: {} })

describe('a process whose queues are in PostgreSQL', () => {
  ownDatabase()
  beforeEach(() => pool().query('DELETE FROM "Worker"'))

  test('does not start as a worker while another serves Redis, and says which [R11]', async () => {
    const other = await recordWorker(uuidv7())
    const refused = whileItLives(other, () => registerWorker(identity()))
    await expect(refused).rejects.toThrow(
      'The worker on elsewhere (process 4711) takes its jobs from Redis, this one would from PostgreSQL.',
    )
    expect(await prisma().worker.count()).toBe(0)
  })

  test('nor while another serves a Redis that it has not met yet [R11]', async () => {
    const other = await recordWorker('redis')
    const refused = whileItLives(other, () => registerWorker(identity()))
    await expect(refused).rejects.toThrow('from Redis')
  })

  test('starts once a worker of Redis that was killed counts as dead [R11]', async () => {
    await recordWorker(uuidv7(), 14)
    const { workerId, ...rest } = identity()
    await registerWorker({ workerId, ...rest })
    const row = await prisma().worker.findUniqueOrThrow({ where: { id: workerId } })
    expect(row).toMatchObject({ queueMarker: 'postgresql', stoppedAt: null })
    // It came when the other had been silent for 16 seconds, not before.
    const other = await prisma().worker.findFirstOrThrow({ where: { host: 'elsewhere' } })
    expect(row.startedAt.getTime() - other.heartbeatAt.getTime()).toBeGreaterThanOrEqual(16_000)
  })

  test('starts beside one of PostgreSQL, and beside one of an older version', async () => {
    await recordWorker('postgresql')
    await pool().query(`UPDATE "Worker" SET "queueMarker" = NULL`)
    await recordWorker('postgresql')
    await registerWorker(identity())
    expect(await prisma().worker.count()).toBe(3)
  })

  test('says to load balancers and people that its jobs are fetched late while workers serve Redis [R11]', async () => {
    const queueLine = async () => (await health()).checks.find(({ name }) => name === 'queue')
    expect(await queueLine()).toMatchObject({ status: 'ok' })
    const other = await recordWorker(uuidv7())
    await expect
      .poll(queueLine, { timeout: 10_000 })
      .toMatchObject({ status: 'down', detail: expect.stringContaining('another queue') })
    await pool().query('DELETE FROM "Worker" WHERE id = $1', [other])
    await expect.poll(queueLine, { timeout: 10_000 }).toMatchObject({ status: 'ok' })
  })
})
