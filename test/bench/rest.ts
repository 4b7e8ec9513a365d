import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { startWebProgram, startWorkerProgram } from '@/test/support/programs'

/** What a start leaves behind is over by then. */
const SETTLE_S = 30

export type RestFigures = { queriesPerSecond: number; workerMb: number }

/**
 * What the built web server and worker cost together with nothing to do.
 * @param seconds how long they are watched
 */
export async function rest(seconds: number): Promise<RestFigures> {
  const env = databaseOnly()
  const [worker, web] = await Promise.all([startWorkerProgram(env), startWebProgram(env)])
  const client = new pg.Client(env.DATABASE_URL)
  await client.connect()
  await pause(SETTLE_S * 1_000)
  const before = await transactions(client)
  await pause(seconds * 1_000)
  const queriesPerSecond = ((await transactions(client)) - before) / seconds
  const { rows } = await client.query<{ bytes: string }>(
    'SELECT "memoryBytes" AS bytes FROM "Worker" WHERE "stoppedAt" IS NULL',
  )
  await client.end()
  await Promise.all([worker.stop(), web.stop()])
  return { queriesPerSecond, workerMb: Number(rows[0]?.bytes) / 2 ** 20 }
}

/** The variables that the programs need to serve this process's installation. */
export function databaseOnly(): { DATABASE_URL: string; DATA_DIR: string } {
  const { DATABASE_URL = '', DATA_DIR = '' } = process.env
  return { DATABASE_URL, DATA_DIR }
}

/** Transactions made in the database, this connection's own among them. */
async function transactions(client: pg.Client): Promise<number> {
  await client.query('SELECT pg_stat_clear_snapshot()')
  const { rows } = await client.query<{ count: number }>(
    `SELECT (xact_commit + xact_rollback)::int AS count FROM pg_stat_database
     WHERE datname = current_database()`,
  )
  return rows[0]?.count ?? 0
}
