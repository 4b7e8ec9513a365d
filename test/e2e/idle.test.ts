import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createDatabase } from '@/test/support/postgres'
import {
  createDataDir,
  type Program,
  startWebProgram,
  startWorkerProgram,
} from '@/test/support/programs'

/** How long the two processes are watched, in seconds. */
const WATCHED_S = 15

let database: Awaited<ReturnType<typeof createDatabase>>
let worker: Program
let web: Program
let client: pg.Client

beforeAll(async () => {
  database = await createDatabase()
  const env = { DATABASE_URL: database.url, DATA_DIR: await createDataDir() }
  ;[worker, web] = await Promise.all([startWorkerProgram(env), startWebProgram(env)])
  client = new pg.Client(database.url)
  await client.connect()
})

afterAll(async () => {
  await client.end()
  await Promise.all([worker.stop(), web.stop()])
  await database.drop()
})

/** Transactions that others than this test have made in the database. */
async function transactions(): Promise<number> {
  await client.query('SELECT pg_stat_clear_snapshot()')
  const { rows } = await client.query<{ count: number }>(
    `SELECT (xact_commit + xact_rollback)::int AS count FROM pg_stat_database
     WHERE datname = current_database()`,
  )
  return rows[0]?.count ?? 0
}

async function queriesPerSecond(): Promise<number> {
  const before = await transactions()
  // What is measured is time passing without work, so there is no condition to wait for.
  await pause(WATCHED_S * 1_000)
  return ((await transactions()) - before) / WATCHED_S
}

describe('with nothing to do', () => {
  test('web and worker together come to rest at no more than 5 queries a second', async () => {
    const atRest = async () => expect(await queriesPerSecond()).toBeLessThanOrEqual(5)
    // The server counts what an idle connection did only later, so what the start did may show once.
    await vi.waitFor(atRest, { timeout: 6 * WATCHED_S * 1_000 })
  }, 120_000)

  test('the worker holds at most 150 MB', async () => {
    const { rows } = await client.query<{ bytes: string }>(
      'SELECT "memoryBytes" AS bytes FROM "Worker" WHERE "stoppedAt" IS NULL',
    )
    const megabytes = Number(rows[0]?.bytes) / 1024 / 1024
    expect(megabytes).toBeGreaterThan(20)
    expect(megabytes).toBeLessThanOrEqual(150)
  })
})
