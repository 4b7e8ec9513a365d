import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Listening, listen } from '@/lib/db/listen'
import { ownDatabase } from '@/test/support/own-database'
import { startProxy, type TcpProxy } from '@/test/support/tcp-proxy'

/** A dead connection is noticed, and another one listens, within this long. */
const NOTICED_MS = 15_000

describe('listening to PostgreSQL', () => {
  ownDatabase()

  let proxy: TcpProxy
  /** Past the proxy. */
  let direct: pg.Pool
  const heard: string[] = []
  const listening = vi.fn()
  const open: Listening[] = []

  beforeAll(async () => {
    direct = new pg.Pool({ connectionString: process.env.DATABASE_URL })
    proxy = await startProxy(process.env.DATABASE_URL ?? '')
    process.env.DATABASE_URL = proxy.url
    for (const channel of ['first', 'second', 'third']) {
      open.push(listen(channel, (payload) => heard.push(`${channel} ${payload}`), listening))
    }
    await vi.waitFor(() => expect(listening).toHaveBeenCalledTimes(3))
  })
  afterAll(async () => {
    for (const one of open) await one.stop()
    proxy.close()
    await direct.end()
  })

  const tell = (channel: string, payload: string) =>
    direct.query('SELECT pg_notify($1, $2)', [channel, payload])

  async function connections(): Promise<number> {
    const { rowCount } = await direct.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'millrace-listen'`,
    )
    return rowCount ?? 0
  }

  it('takes one connection for all channels, also for those that come later [C5.10]', async () => {
    const later = vi.fn()
    const fourth = listen('fourth', (payload) => heard.push(`fourth ${payload}`), later)
    await vi.waitFor(() => expect(later).toHaveBeenCalledTimes(1))
    for (const channel of ['first', 'third', 'fourth']) await tell(channel, 'a')
    await vi.waitFor(() => expect(heard).toEqual(['first a', 'third a', 'fourth a']))
    expect(await connections()).toBe(1)
    await fourth.stop()
    expect(listening).toHaveBeenCalledTimes(3)
  })

  it('notices a connection that is open and carries nothing, and tells of the gap [C5.10]', async () => {
    heard.length = 0
    listening.mockClear()
    proxy.weather({ kind: 'silent' })
    proxy.weather({ kind: 'fair' })
    await tell('first', 'lost')
    await vi.waitFor(() => expect(listening).toHaveBeenCalledTimes(3), { timeout: NOTICED_MS })
    await tell('second', 'b')
    await vi.waitFor(() => expect(heard).toEqual(['second b']))
  }, 30_000)

  it('closes its connection when nobody listens any more [C5.10]', async () => {
    // PostgreSQL has not noticed yet that the first one is dead.
    expect(await connections()).toBe(2)
    for (const one of open.splice(0)) await one.stop()
    await vi.waitFor(async () => expect(await connections()).toBe(1))
  })
})
