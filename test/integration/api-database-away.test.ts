import { expect, test } from 'vitest'
import { healthSchema } from '@/app/_server/health/checks'
import { closePool } from '@/lib/db/pool'
import { callApi } from '@/test/support/api'
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
  const ask = () => callApi('GET /api/v1/jobs', user)

  const up = await callApi('GET /api/health/ready')
  expect(up.status).toBe(200)
  expect(healthSchema.parse(await up.json())).toMatchObject({ status: 'ok' })
  expect((await ask()).status).toBe(401)

  line.close()
  const answers = [await ask(), await callApi('POST /api/v1/jobs', user, { body: job })]
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.text()).not.toContain('127.0.0.1')
  }
  const report = await expect
    .poll(async () => (await callApi('GET /api/health/ready')).status, { timeout: 10_000 })
    .toBe(503)
    .then(() => callApi('GET /api/health/ready'))
  expect(healthSchema.parse(await report.json())).toMatchObject({
    status: 'down',
    checks: expect.arrayContaining([
      expect.objectContaining({ name: 'postgresql', status: 'down', detail: 'Does not answer' }),
      expect.objectContaining({ name: 'storage', status: 'ok' }),
    ]),
  })
  expect(await (await callApi('GET /api/health/live')).json()).toEqual({ status: 'ok' })
  await closePool()
  await database.drop()
})
