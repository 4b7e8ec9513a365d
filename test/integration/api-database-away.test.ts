import { expect, test } from 'vitest'
import { GET as live } from '@/app/api/health/live/route'
import { GET as ready } from '@/app/api/health/ready/route'
import { GET as list, POST as post } from '@/app/api/v1/jobs/route'
import { closePool } from '@/lib/db/pool'
import { healthSchema } from '@/lib/health/checks'
import { apiRequest, pathOf } from '@/test/support/api'
import { createDatabase } from '@/test/support/postgres'
import { createDataDir } from '@/test/support/programs'
import { startProxy } from '@/test/support/tcp-proxy'

// One database for both states: it is there, and then it is gone.
test('the API says what works with PostgreSQL, and what does not without', async () => {
  const database = await createDatabase()
  const line = await startProxy(database.url)
  process.env.DATABASE_URL = line.url
  process.env.DATA_DIR = await createDataDir()
  const user = { userId: '', key: `mr_${'a'.repeat(43)}` }
  const job = { type: 'email', input: { to: 'ann@example.com', template: 'notice' } }
  const ask = () => list(apiRequest('/', user), pathOf({}))

  const up = await ready()
  expect(up.status).toBe(200)
  expect(healthSchema.parse(await up.json())).toMatchObject({ status: 'ok' })
  expect((await ask()).status).toBe(401)

  line.close()
  const answers = [
    await ask(),
    await post(apiRequest('/', user, { method: 'POST', body: job }), pathOf({})),
  ]
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.text()).not.toContain('127.0.0.1')
  }
  const report = await expect
    .poll(async () => (await ready()).status, { timeout: 10_000 })
    .toBe(503)
    .then(() => ready())
  expect(healthSchema.parse(await report.json())).toMatchObject({
    status: 'down',
    checks: expect.arrayContaining([
      expect.objectContaining({ name: 'postgresql', status: 'down', detail: 'Does not answer' }),
      expect.objectContaining({ name: 'storage', status: 'ok' }),
    ]),
  })
  expect(await (await live()).json()).toEqual({ status: 'ok' })
  await closePool()
  await database.drop()
})
