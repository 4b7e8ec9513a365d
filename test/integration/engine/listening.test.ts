import net from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { probe, probeJobs } from '@/test/support/probe'
import { startWorker } from '@/workers/runtime/worker'

ownDatabase()

const LISTENING = `
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND application_name LIKE 'probe:w:%' AND query LIKE '%LISTEN bullmq_jobs%'
`

let direct: pg.Client
let way: Awaited<ReturnType<typeof startWay>>
let worker: Awaited<ReturnType<typeof startWorker>>
beforeAll(async () => {
  const url = new URL(process.env.DATABASE_URL ?? '')
  direct = new pg.Client(url.href)
  await direct.connect()
  way = await startWay(Number(url.port))
  url.port = String(way.port)
  process.env.DATABASE_URL = url.href
  worker = await startWorker({ jobs: probeJobs, version: 'test' })
})
afterAll(async () => {
  await worker.stop(1_000)
  await direct.end()
  way.close()
})

test('a worker whose connection breaks as it begins to listen listens on another one', async () => {
  way.holdNext()
  await endListener()
  await endListener()
  await vi.waitFor(async () => expect(await listeners()).toHaveLength(1), { timeout: 15_000 })
  const { id } = await submit(probe, {})
  await expect(reaches(id, 'COMPLETED', 2_000)).resolves.toBeDefined()
})

async function listeners(): Promise<number[]> {
  return (await direct.query<{ pid: number }>(LISTENING)).rows.map(({ pid }) => pid)
}

async function endListener(): Promise<void> {
  const pid = await vi.waitFor(
    async () => {
      const [found] = await listeners()
      if (found === undefined) throw new Error('Nobody listens')
      return found
    },
    { timeout: 15_000 },
  )
  await direct.query('SELECT pg_terminate_backend($1, 5000)', [pid])
}

/** A way to PostgreSQL that can hold its answer to the next LISTEN, and let it go with what ends it. */
async function startWay(target: number) {
  let holding = false
  const server = net.createServer((client) => {
    const upstream = net.connect(target, '127.0.0.1')
    const held: Buffer[] = []
    let isHeld = false
    client.on('data', (chunk) => {
      if (holding && chunk.includes('LISTEN bullmq_jobs')) {
        holding = false
        isHeld = true
      }
      upstream.write(chunk)
    })
    upstream.on('data', (chunk) => {
      if (isHeld) held.push(chunk)
      else client.write(chunk)
    })
    upstream.on('close', () => client.end(Buffer.concat(held)))
    client.on('close', () => upstream.destroy())
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    holdNext: () => {
      holding = true
    },
    close: () => server.close(),
  }
}
