import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeQueues, createWorker } from '@/lib/queue/backend'
import { createDatabase, SERVER_VARIABLE } from '@/test/support/postgres'

let database: Awaited<ReturnType<typeof createDatabase>>

beforeAll(async () => {
  database = await createDatabase()
  process.env.DATABASE_URL = database.url
})

afterAll(() => database.drop())

test('closing the queues ends the workers that still run: none asks a closed pool for ever', async () => {
  const worker = await createWorker('probe', async () => undefined, {})
  const ran = worker.run()
  const closed = closeQueues()
  // Asked before anything is awaited: a worker that goes on would leave this process no time to look.
  expect(worker.closing).toBeDefined()
  await closed
  await ran
})

test('a worker is not made while PostgreSQL refuses connections, and is once it takes them', async () => {
  const server = new pg.Client(process.env[SERVER_VARIABLE])
  await server.connect()
  const name = pg.escapeIdentifier(new URL(database.url).pathname.slice(1))
  const create = () => createWorker('probe', async () => undefined, {})
  await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
  await expect(create()).rejects.toThrow('not currently accepting connections')
  await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
  await (await create()).close()
  await closeQueues()
  await server.end()
})
