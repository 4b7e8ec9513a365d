import pg from 'pg'
import { databaseUrl } from '@/lib/config/config'
import { logger } from '@/lib/telemetry/logger'
import { pool } from './pool'

/**
 * SQLSTATEs of a statement that the connection has forgotten, that another client of a pooler left there
 * under the same name, or whose tables have changed since. All come before anything is done.
 */
const forgotten = ['26000', '42P05', '0A000']

let keepsStatements = true

/**
 * Runs a statement of the hot path, which each connection parses and plans once: that is a third of what
 * it costs. Where connections do not keep it, as behind some poolers, it is parsed each time;
 * `?pgbouncer=true` in DATABASE_URL says so beforehand.
 * @param name the same for the same text, and for no other
 */
export async function runPrepared<Row extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: unknown[],
): Promise<pg.QueryResult<Row>> {
  if (!keepsStatements || /[?&]pgbouncer=true\b/.test(databaseUrl())) {
    return pool().query<Row>(text, values)
  }
  try {
    return await pool().query<Row>({ name, text, values })
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !forgotten.includes(error.code ?? '')) throw error
    logger('database').warn({ err: error }, 'Connections do not keep statements; parsing each time')
    keepsStatements = false
    return pool().query<Row>(text, values)
  }
}
