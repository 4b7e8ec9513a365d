import pg from 'pg'
import { connectionOptions } from '@/lib/db/pool'

/** Longest one statement of a report may take: it looks at every job of the range. */
const STATEMENT_TIMEOUT_MS = 5 * 60_000

const BEGIN = `
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL client_connection_check_interval = '2s';
SET LOCAL work_mem = '32MB'`

/** One unchanging view of the database: whatever is asked of it fits together. */
export type Snapshot = {
  rows<Row extends pg.QueryResultRow>(statement: string, values?: unknown[]): Promise<Row[]>
}

/**
 * Runs `work` on a connection of its own, in one read-only transaction. An abort ends what PostgreSQL
 * is doing for it, and rejects with the signal's reason.
 */
export async function withSnapshot<T>(
  signal: AbortSignal,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const client = new pg.Client({
    ...connectionOptions(),
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
  })
  // A connection that breaks fails the statement that runs on it; an idle one must not end the worker.
  client.on('error', () => undefined)
  // A client that is ended while it connects never says so: an abort waits for that, which has a limit.
  await client.connect()
  const stop = () => void client.end()
  signal.addEventListener('abort', stop, { once: true })
  try {
    signal.throwIfAborted()
    await client.query(BEGIN)
    return await work({
      rows: async (statement, values) => (await client.query(statement, values)).rows,
    })
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    await client.end()
  }
}
