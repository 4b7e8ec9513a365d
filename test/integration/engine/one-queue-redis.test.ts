import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { producerClient } from '@/lib/queue/backend'
import { meetQueue } from '@/lib/queue/marker'
import { recordWorker, whileItLives } from '@/test/support/living-worker'
import { ownRedis } from '@/test/support/own-redis'
import { registerWorker } from '@/workers/runtime/register'

const identity = () => ({ workerId: uuidv7(), version: 'test', queues: ['probe'], types: {} })

describe('a process whose queues are in Redis', () => {
  ownRedis()
  beforeEach(() => pool().query('DELETE FROM "Worker"'))

  test('does not start as a worker while another serves PostgreSQL [R11]', async () => {
    const other = await recordWorker('postgresql')
    const refused = whileItLives(other, () => registerWorker(identity()))
    await expect(refused).rejects.toThrow(
      'takes its jobs from PostgreSQL, this one would from Redis.',
    )
  })

  test('does not start while another serves another Redis [R11]', async () => {
    const other = await recordWorker(uuidv7())
    const refused = whileItLives(other, () => registerWorker(identity()))
    await expect(refused).rejects.toThrow('from Redis, this one would from another Redis.')
  })

  test('starts beside one that has yet to notice that their Redis was emptied', async () => {
    const other = await recordWorker(await meetQueue())
    await producerClient()?.flushall()
    const notices = setTimeout(async () => {
      const marker = await meetQueue()
      await pool().query('UPDATE "Worker" SET "queueMarker" = $1 WHERE id = $2', [marker, other])
    }, 1_000)
    await whileItLives(other, () => registerWorker(identity()))
    clearTimeout(notices)
    expect(await prisma().worker.count()).toBe(1)
  })
})
