import pg from 'pg'
import { databaseUrl } from '@/lib/config/config'

/** Longest wait for a connection, and for one statement, before the caller hears that PostgreSQL is away. */
const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 15_000
/**
 * A transaction in which nothing is asked for so long has lost whoever began it, as behind a half-open
 * connection: PostgreSQL ends it, with the locks it holds.
 */
const IDLE_TRANSACTION_TIMEOUT_MS = 30_000
const MAX_CONNECTIONS = 10

declare global {
  // Kept on globalThis so that hot reload does not open a second pool.
  var millracePool: pg.Pool | undefined
}

/** The process's one pool; Prisma and the engine's own SQL share it. Opens no connection by itself. */
export function pool(): pg.Pool {
  globalThis.millracePool ??= createPool({
    max: MAX_CONNECTIONS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
  })
  return globalThis.millracePool
}

/** Connection options every client of the database shares. */
export function connectionOptions(): pg.ClientConfig {
  return {
    connectionString: databaseUrl(),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'millrace',
  }
}

/** A pool to the database; the caller ends it. A connection that breaks never ends the process. */
export function createPool(options: pg.PoolConfig): pg.Pool {
  const created = new pg.Pool({ ...connectionOptions(), ...options })
  // A broken idle connection is replaced at the next query, which reports its own error.
  created.on('error', () => undefined)
  // One that breaks while it is held is reported by its holder's next query; one that is being
  // closed harms nobody.
  created.on('connect', (client) => client.on('error', () => undefined))
  return created
}

/** Closes the process's pool; the next use opens a new one. */
export async function closePool(): Promise<void> {
  const open = globalThis.millracePool
  globalThis.millracePool = undefined
  await open?.end()
}
