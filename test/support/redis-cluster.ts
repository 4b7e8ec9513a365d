import { Redis } from 'ioredis'
import { freePort } from '@/bin/launcher/ports'
import { waitUntil } from '@/bin/postgres/processes'
import { durable } from './redis'
import { createRedisServer, type RedisServer } from './redis-server'

const MASTERS = 3
const SLOTS = 16_384
/** The bus of a node listens this much above its port. */
const BUS_OFFSET = 10_000
const HIGHEST_PORT = 65_535
const LIMIT_MS = 30_000
const NODE_TIMEOUT_MS = 2_000

/** Six nodes: three masters, each with a replica. */
export type RedisCluster = {
  /** `host:port` of each node. */
  addresses: string[]
  /** Empties the master that holds this key, and its replica with it, and kills it. */
  flushAndKill(key: string): Promise<void>
  stop(): Promise<void>
}

type Node = { server: RedisServer; client: Redis; id: string }

/** Starts the nodes, joins them, and waits until every slot is served. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const nodes: Node[] = []
  for (let at = 0; at < 2 * MASTERS; at++) nodes.push(await startNode())
  const [first, ...others] = nodes
  if (!first) throw new Error('The cluster has no nodes')
  for (const { server } of others) {
    await first.client.call('CLUSTER', 'MEET', '127.0.0.1', `${server.port}`)
  }
  const masters = nodes.slice(0, MASTERS)
  await Promise.all(
    masters.map(({ client }, at) =>
      client.call('CLUSTER', 'ADDSLOTSRANGE', `${border(at)}`, `${border(at + 1) - 1}`),
    ),
  )
  await known(nodes)
  await Promise.all(
    nodes.slice(MASTERS).map(({ client }, at) => {
      return client.call('CLUSTER', 'REPLICATE', masters[at]?.id ?? '')
    }),
  )
  await healthy(nodes)
  return {
    addresses: nodes.map(({ server }) => `127.0.0.1:${server.port}`),
    async flushAndKill(key) {
      const slot = Number(await first.client.call('CLUSTER', 'KEYSLOT', key))
      const master = masters.find((_, at) => slot >= border(at) && slot < border(at + 1))
      if (!master) throw new Error(`No node holds the slot ${slot}`)
      await master.client.call('FLUSHALL')
      // Its replica is to take over empty, not with what had not reached it yet.
      await master.client.call('WAIT', '1', '1000')
      await master.server.end('SIGKILL')
    },
    async stop() {
      for (const { client } of nodes) client.disconnect()
      await Promise.all(nodes.map(({ server }) => server.remove()))
    },
  }
}

/** The first slot of a master. */
function border(at: number): number {
  return Math.floor((SLOTS * at) / MASTERS)
}

async function startNode(): Promise<Node> {
  const port = await portWithBus()
  const server = createRedisServer(port, [
    ...durable(true),
    ...['--cluster-enabled', 'yes', '--cluster-node-timeout', `${NODE_TIMEOUT_MS}`],
  ])
  await server.start()
  const client = new Redis({ host: '127.0.0.1', port })
  client.on('error', () => undefined)
  return { server, client, id: String(await client.call('CLUSTER', 'MYID')) }
}

async function portWithBus(): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (port + BUS_OFFSET <= HIGHEST_PORT) return port
  }
}

/** Waits until every node has heard of every other. */
async function known(nodes: Node[]): Promise<void> {
  const all = await waitUntil(async () => {
    const lists = await Promise.all(nodes.map(({ client }) => client.call('CLUSTER', 'NODES')))
    return lists.every((list) => nodes.every(({ id }) => String(list).includes(id)))
  }, LIMIT_MS)
  if (!all) throw new Error('The nodes do not know each other')
}

async function healthy(nodes: Node[]): Promise<void> {
  const ready = await waitUntil(async () => {
    const states = await Promise.all(nodes.map(({ client }) => client.call('CLUSTER', 'INFO')))
    const replicas = await Promise.all(
      nodes.map(({ client }) => client.call('INFO', 'replication')),
    )
    const linked = replicas.filter((text) => String(text).includes('master_link_status:up')).length
    return states.every((text) => String(text).includes('cluster_state:ok')) && linked === MASTERS
  }, LIMIT_MS)
  if (!ready) throw new Error('The cluster does not serve all of its slots')
}
