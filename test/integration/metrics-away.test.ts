import { once } from 'node:events'
import net from 'node:net'
import { expect, test } from 'vitest'
import { GET } from '@/app/api/metrics/route'
import { closePool } from '@/lib/db/pool'
import { apiRequest } from '@/test/support/api'
import { createDataDir } from '@/test/support/programs'

const TOKEN = 'a-token-for-the-metrics'

test('a scrape is answered with 503 in time when PostgreSQL hangs, and when it is gone', async () => {
  const hanging = net.createServer(() => undefined).listen(0, '127.0.0.1')
  await once(hanging, 'listening')
  const { port } = hanging.address() as net.AddressInfo
  process.env.DATABASE_URL = `postgres://ann:hunter2@127.0.0.1:${port}/millrace`
  process.env.DATA_DIR = await createDataDir()
  process.env.METRICS_TOKEN = TOKEN
  const headers = { authorization: `Bearer ${TOKEN}` }
  const scrape = () =>
    GET(apiRequest('GET /api/metrics', undefined, { headers }), { params: Promise.resolve({}) })

  const started = performance.now()
  const hung = await scrape()
  expect(performance.now() - started).toBeLessThan(6_000)
  hanging.close()
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  for (const answer of [hung, await scrape()]) {
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.text()).not.toMatch(/hunter2|127\.0\.0\.1/)
  }
  await closePool()
})
