import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { keyOf } from '@/test/support/actors'
import { createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { reaches } from '@/test/support/engine'
import { startRedis, type TestRedis } from '@/test/support/redis'
import { slowdown } from '@/test/support/slowdown'

let redis: TestRedis | undefined
const app = apiApp({
  queues: ['email'],
  env: async () => {
    redis = await startRedis()
    return { REDIS_URL: redis.url }
  },
})
afterAll(() => redis?.stop())

const mail = { type: 'email', input: { to: 'ann@example.com', template: 'notice' } }

test('with Redis stopped, jobs are accepted in under 100 ms, and run once when it is back', async () => {
  const headers = keyOf(await createApiUser())
  const create = async () => {
    const started = performance.now()
    const response = await app.call('POST', '/api/v1/jobs', headers, mail)
    const took = performance.now() - started
    const { job } = await response.json()
    return { took, status: response.status, id: `${job.id}` }
  }
  await reaches((await create()).id, 'COMPLETED')
  await redis?.kill()

  const created = []
  for (let time = 0; time < 7; time++) created.push(await create())
  expect(created.map(({ status }) => status)).toEqual(Array(7).fill(202))
  const times = created.map(({ took }) => took).sort((a, b) => a - b)
  expect(times[3]).toBeLessThan(100 * slowdown())
  const ready = await app.call('GET', '/api/health/ready', {})
  expect([ready.status, (await ready.json()).status]).toEqual([200, 'degraded'])

  await redis?.restart()
  for (const { id } of created) await reaches(id, 'COMPLETED', 30_000)
  const ids = created.map(({ id }) => id)
  expect(await prisma().attempt.count({ where: { jobId: { in: ids } } })).toBe(7)
})
