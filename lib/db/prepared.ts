import type pg from 'pg'
import { databaseUrl } from '@/lib/config/config'
import { pool } from './pool'

/**
 * Runs a statement of the hot path, which each connection parses and plans once: that is a third of what
 * it costs. Behind a pooler that keeps no statements, `?pgbouncer=true` in DATABASE_URL spares it.
 * @param name the same for the same text, and for no other
 */
export function runPrepared<Row extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: unknown[],
): Promise<pg.QueryResult<Row>> {
  const kept = !/[?&]pgbouncer=true\b/.test(databaseUrl())
  return pool().query<Row>(kept ? { name, text, values } : { text, values })
}
