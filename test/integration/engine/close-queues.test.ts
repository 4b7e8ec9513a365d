import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeQueues, createWorker } from '@/lib/queue/backend'
import { createDatabase } from '@/test/support/postgres'

let database: Awaited<ReturnType<typeof createDatabase>>

beforeAll(async () => {
  database = await createDatabase()
  process.env.DATABASE_URL = database.url
})

afterAll(() => database.drop())

test('closing the queues ends the workers that still run: none asks a closed pool for ever', async () => {
  const worker = createWorker('probe', async () => undefined, {})
  worker.on('error', () => undefined)
  const ran = worker.run()
  const closed = closeQueues()
  // Asked before anything is awaited: a worker that goes on would leave this process no time to look.
  expect(worker.closing).toBeDefined()
  await closed
  await ran
})
