import type pg from 'pg'
import { pool } from './pool'

/**
 * Runs `work` on one connection of the pool. A connection on which anything failed is closed: what
 * state it is in, and what it still holds, nobody knows.
 */
async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  try {
    const result = await work(client)
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}

/**
 * Runs `work` in one transaction, of plain SQL; whatever fails rolls it back.
 * @param begin more than `BEGIN` where the transaction has settings of its own
 */
export function inTransaction<T>(
  work: (client: pg.PoolClient) => Promise<T>,
  begin = 'BEGIN',
): Promise<T> {
  return withClient(async (client) => {
    await client.query(begin)
    const result = await work(client)
    await client.query('COMMIT')
    return result
  })
}
