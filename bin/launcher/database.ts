import pg from 'pg'
import type { Config } from '@/lib/config/parse'
import { startCluster } from '../postgres/cluster'
import { Refusal, reason } from '../refusal'

const WAIT_MS = 15_000
const PAUSE_MS = 500
const CONNECT_TIMEOUT_MS = 3_000
/** PostgreSQL's own "starting up", "shutting down" and "too many clients": worth another try. */
const PASSING = new Set(['57P01', '57P02', '57P03', '53300'])

const WATCH_MS = 1_000

/** The database Millrace works on. */
export type Database = {
  url: string
  /** Stops it where it is ours to stop. */
  stop(): Promise<void>
  /** Ends it at once; PostgreSQL recovers at its next start. */
  kill(): void
}

/**
 * The operator's database, once it answers, or else the embedded server, which is started again
 * should it die.
 * @throws {Refusal} when there is no database to be had
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  say: (line: string) => void,
  waitMs: number = WAIT_MS,
): Promise<Database> {
  if (config.databaseUrl) {
    await waitForDatabase(config.databaseUrl, say, waitMs)
    return { url: config.databaseUrl, stop: async () => undefined, kill: () => undefined }
  }
  const cluster = await startCluster(config.dataDir, {}, say)
  let repairing = Promise.resolve()
  const watch = setInterval(() => {
    if (cluster.pid()) return
    repairing = repairing.then(async () => {
      if (cluster.pid()) return
      say('The embedded PostgreSQL ended; starting it again …')
      await cluster.restart().catch((error: unknown) => say(reason(error)))
    })
  }, WATCH_MS)
  return {
    url: cluster.url,
    stop: async () => {
      clearInterval(watch)
      await repairing
      await cluster.stop()
    },
    kill: () => {
      const pid = cluster.pid()
      if (pid) process.kill(pid, 'SIGQUIT')
    },
  }
}

/**
 * Waits until the operator's database answers.
 * @throws {Refusal} when it does not in time, or answers that it never will
 */
async function waitForDatabase(
  url: string,
  say: (line: string) => void,
  waitMs: number,
): Promise<void> {
  const place = new URL(url).host
  const end = Date.now() + waitMs
  for (let attempt = 1; ; attempt++) {
    const error = await tryConnect(url)
    if (!error) return
    if (!mayPass(error) || Date.now() > end) {
      throw new Refusal(`PostgreSQL at ${place} (DATABASE_URL) cannot be used: ${reason(error)}`)
    }
    if (attempt === 1) say(`Waiting for PostgreSQL at ${place} …`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

async function tryConnect(url: string): Promise<unknown> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SELECT 1')
    return undefined
  } catch (error) {
    return error
  } finally {
    // A server that does not answer does not answer to good-bye either.
    client.end().catch(() => undefined)
  }
}

function mayPass(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || PASSING.has(error.code ?? '')
}
