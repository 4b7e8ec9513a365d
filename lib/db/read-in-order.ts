import type pg from 'pg'
import { inTransaction } from './with-client'

/** Statistics are old after a burst: the planner then collects and sorts a million rows to answer a few. */
const BEGIN = 'BEGIN; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off'

/** Reads the first rows in the order of an index, and no others, whatever the planner believes. */
export function readInOrder<Row extends pg.QueryResultRow>(
  statement: string,
  values: unknown[],
): Promise<Row[]> {
  return inTransaction(async (client) => (await client.query<Row>(statement, values)).rows, BEGIN)
}
