import { expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

test('a connection that is cut between two queries of its holder ends no process', async () => {
  const held = await pool().connect()
  const { rows } = await held.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const cut = new Promise((resolve) => held.once('end', resolve))
  await pool().query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
  await cut
  await expect(held.query('SELECT 1')).rejects.toThrow()
  held.release(true)
  await expect(pool().query('SELECT 1')).resolves.toMatchObject({ rowCount: 1 })
})
