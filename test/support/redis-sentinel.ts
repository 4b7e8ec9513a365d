import fs from 'node:fs'
import path from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from '@/bin/launcher/ports'
import { waitUntil } from '@/bin/postgres/processes'
import { durable } from './redis'
import { createRedisServer, type RedisServer } from './redis-server'

const NAME = 'millrace'
const REPLICAS = 2
const SENTINELS = 3
/** How long a master is silent before sentinels agree that it is down. */
const DOWN_AFTER_MS = 2_000
const LIMIT_MS = 30_000

/** A master with replicas, and the sentinels that watch them. */
export type RedisSentinel = {
  /** `host:port` of each sentinel. */
  addresses: string[]
  name: string
  /** `kill -9` of the master; resolves once a replica was promoted. @returns the port of that one */
  failOver(): Promise<number>
  stop(): Promise<void>
}

/** Starts the servers and waits until the sentinels know all of them. */
export async function startRedisSentinel(): Promise<RedisSentinel> {
  const masterPort = await freePort()
  const servers = new Map<number, RedisServer>()
  await add(masterPort, [])
  for (let at = 0; at < REPLICAS; at++) {
    await add(await freePort(), ['--replicaof', '127.0.0.1', `${masterPort}`])
  }
  const sentinels: RedisServer[] = []
  for (let at = 0; at < SENTINELS; at++) {
    const prepare = (folder: string) => [configuration(folder, masterPort)]
    const sentinel = createRedisServer(await freePort(), ['--sentinel'], { prepare })
    await sentinel.start()
    sentinels.push(sentinel)
  }
  await agreed(sentinels)

  async function add(port: number, args: string[]): Promise<void> {
    const server = createRedisServer(port, [...durable(true), ...args])
    servers.set(port, server)
    await server.start()
  }

  return {
    addresses: sentinels.map(({ port }) => `127.0.0.1:${port}`),
    name: NAME,
    async failOver() {
      const before = await masterOf(sentinels)
      await servers.get(before)?.end('SIGKILL')
      let now = before
      const changed = await waitUntil(async () => {
        now = await masterOf(sentinels)
        return now !== before
      }, LIMIT_MS)
      if (!changed) throw new Error('No replica was promoted')
      return now
    },
    async stop() {
      await Promise.all([...sentinels, ...servers.values()].map((server) => server.remove()))
    },
  }
}

/** A sentinel writes what it learns into its file. */
function configuration(folder: string, masterPort: number): string {
  const file = path.join(folder, 'sentinel.conf')
  const lines = [
    `sentinel monitor ${NAME} 127.0.0.1 ${masterPort} 2`,
    `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER_MS}`,
    `sentinel failover-timeout ${NAME} 5000`,
    `sentinel parallel-syncs ${NAME} 1`,
  ]
  fs.writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

async function agreed(sentinels: RedisServer[]): Promise<void> {
  const known = await waitUntil(async () => {
    const counts = await Promise.all(sentinels.map(({ port }) => countsOf(port)))
    return counts.every(({ replicas, others }) => replicas === REPLICAS && others === SENTINELS - 1)
  }, LIMIT_MS)
  if (!known) throw new Error('The sentinels do not know all servers')
}

function countsOf(port: number): Promise<{ replicas: number; others: number }> {
  return asking(port, async (client) => {
    const text = String(await client.call('SENTINEL', 'MASTER', NAME))
    const fields = text.split(',')
    const field = (name: string) => Number(fields[fields.indexOf(name) + 1])
    return { replicas: field('num-slaves'), others: field('num-other-sentinels') }
  })
}

async function masterOf([sentinel]: RedisServer[]): Promise<number> {
  if (!sentinel) throw new Error('There is no sentinel')
  return asking(sentinel.port, async (client) => {
    const [, port] = String(await client.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME)).split(
      ',',
    )
    return Number(port)
  })
}

async function asking<T>(port: number, ask: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis({ host: '127.0.0.1', port })
  try {
    return await ask(client)
  } finally {
    client.disconnect()
  }
}
