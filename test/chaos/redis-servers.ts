import { startRedis, type TestRedis } from '@/test/support/redis'
import { type RedisCluster, startRedisCluster } from '@/test/support/redis-cluster'
import { type RedisSentinel, startRedisSentinel } from '@/test/support/redis-sentinel'
import type { Cell } from './cell'

/** The Redis of a cell, in one of the ways it can be set up. */
export type RedisServers = {
  standalone?: TestRedis
  sentinel?: RedisSentinel
  cluster?: RedisCluster
}

/** Starts what the cell wants; the environment of this process then names it. */
export async function openRedis(
  cell: Cell,
  onClose: (work: () => unknown) => void,
): Promise<RedisServers> {
  switch (cell.redis) {
    case 'sentinel': {
      const sentinel = await startRedisSentinel()
      onClose(() => sentinel.stop())
      process.env.REDIS_SENTINELS = sentinel.addresses.join(',')
      process.env.REDIS_SENTINEL_NAME = sentinel.name
      return { sentinel }
    }
    case 'cluster': {
      const cluster = await startRedisCluster()
      onClose(() => cluster.stop())
      process.env.REDIS_CLUSTER_NODES = cluster.addresses.join(',')
      return { cluster }
    }
    default: {
      const standalone = await startRedis({ aof: !cell.withoutAof })
      onClose(() => standalone.stop())
      process.env.REDIS_URL = standalone.url
      return { standalone }
    }
  }
}
