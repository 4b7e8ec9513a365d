import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { closeQueues } from '@/lib/queue/backend'
import { alertsOf, ruleOn } from '@/test/support/alerts'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { startRedis, type TestRedis } from '@/test/support/redis'
import { evaluateAlerts } from '@/workers/supervisor/alerts/evaluate'

ownDatabase()

let redis: TestRedis

beforeAll(async () => {
  redis = await startRedis({ aof: false })
  process.env.REDIS_URL = redis.url
})
afterAll(async () => {
  await closeQueues()
  await redis?.stop()
})

test('what Redis could lose fires, and so does a Redis that does not answer, asked while nothing is locked [C5.6]', async () => {
  const admin = await createViewer('ADMIN')
  const rule = await ruleOn(admin, 'redis')
  await evaluateAlerts()
  expect(await alertsOf(rule)).toMatchObject([
    { value: 1, message: expect.stringContaining('Append-only file off'), resolvedAt: null },
  ])
  await command('CONFIG', 'SET', 'appendonly', 'yes')
  await evaluateAlerts()
  expect(await alertsOf(rule)).toMatchObject([{ resolvedValue: 0 }])
  await redis.kill()
  const released = once(pool(), 'release')
  let evaluated = false
  const evaluating = evaluateAlerts().finally(() => {
    evaluated = true
  })
  // It waits for two seconds; by then its connection, and the lock with it, serve others.
  await released
  expect((await pool().query('SELECT pg_try_advisory_xact_lock(7242003) AS free')).rows).toEqual([
    { free: true },
  ])
  expect(evaluated).toBe(false)
  await evaluating
  const [, away, ...others] = await alertsOf(rule)
  expect(others).toEqual([])
  expect(away).toMatchObject({
    message: 'Redis does not answer: jobs are accepted and wait.',
    resolvedAt: null,
  })
})

async function command(...words: string[]): Promise<void> {
  const { Redis } = await import('ioredis')
  const client = new Redis(redis.url)
  const [name = '', ...args] = words
  await client.call(name, ...args)
  client.disconnect()
}
