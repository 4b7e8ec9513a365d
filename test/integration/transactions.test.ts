import { describe, expect, test } from 'vitest'
import { type Renew, withLease } from '@/lib/db/lease'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/with-client'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

const PID = 'SELECT pg_backend_pid() AS pid'

describe('a transaction of plain SQL', () => {
  test('that fails leaves neither its changes nor its connection to anybody [C5.7]', async () => {
    let pid = 0
    const failing = inTransaction(async (client) => {
      pid = (await client.query<{ pid: number }>(PID)).rows[0]?.pid ?? 0
      await client.query(`INSERT INTO "Lease" VALUES ('x', gen_random_uuid(), now())`)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    const open = () => pool().query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [pid])
    await expect.poll(async () => (await open()).rowCount).toBe(0)
    expect((await pool().query('SELECT 1 FROM "Lease"')).rowCount).toBe(0)
  })

  test('whose connection breaks costs no place in the pool [C5.7]', async () => {
    for (let times = 0; times < 12; times++) {
      const broken = inTransaction(async (client) => {
        await client.query('SELECT pg_terminate_backend(pg_backend_pid())')
      })
      await expect(broken).rejects.toThrow()
    }
    expect((await pool().query(PID)).rowCount).toBe(1)
  })
})

describe('a lease', () => {
  const expire = () => pool().query(`UPDATE "Lease" SET until = now() - interval '1 second'`)

  test('is held by one at a time, and returned', async () => {
    const inner = await withLease('work', () => withLease('work', async () => 'twice'))
    expect(inner).toBeUndefined()
    expect(await withLease('work', async () => 'once')).toBe('once')
    expect((await pool().query('SELECT 1 FROM "Lease"')).rowCount).toBe(0)
  })

  test('of a holder that stands still goes to somebody else, and the late one hears so [C5.7]', async () => {
    await withLease('work', async (renew: Renew) => {
      expect(await renew()).toBe(true)
      await expire()
      await withLease('work', () => expect.poll(renew, { timeout: 10_000 }).toBe(false))
    })
  })

  test('is returned when the work fails', async () => {
    const failing = withLease('work', async () => {
      throw new Error('away')
    })
    await expect(failing).rejects.toThrow('away')
    expect(await withLease('work', async () => 'again')).toBe('again')
  })
})
