import { once } from 'node:events'
import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { config } from '@/lib/config/config'
import type { RedisConfig } from '@/lib/config/parse'

export type RedisClient = Redis | Cluster

/** A producer hears within this time that Redis does not answer. */
const COMMAND_TIMEOUT_MS = 2_000

/**
 * A connection on which nothing came for so long though something was asked is dead, whatever TCP
 * believes: without this limit a half-open one would be asked for ever.
 */
const PRODUCER_SILENCE_MS = 5_000
/** Longer than the 30 s that an idle worker blocks. */
const CONSUMER_SILENCE_MS = 35_000

const producer: RedisOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: COMMAND_TIMEOUT_MS,
  socketTimeout: PRODUCER_SILENCE_MS,
  connectTimeout: 5_000,
}

/** BullMQ's workers block on Redis and wait for it as long as it takes. */
const consumer: RedisOptions = {
  maxRetriesPerRequest: null,
  connectTimeout: 5_000,
  socketTimeout: CONSUMER_SILENCE_MS,
}

/** The prefix keeps one queue's keys in one slot of a Redis Cluster. */
export function keyPrefix(queue: string): string {
  return `{${config().queuePrefix}:${queue}}`
}

/** A connection that fails fast, to add jobs and ask about them. */
export function connectProducer(redis: RedisConfig): RedisClient {
  return connect(redis, producer)
}

/** A connection that waits for Redis, for workers. */
export function connectConsumer(redis: RedisConfig): RedisClient {
  return connect(redis, consumer)
}

function connect(redis: RedisConfig, options: RedisOptions): RedisClient {
  const client = create(redis, options)
  // Without a listener a lost connection would end the process; ioredis reconnects by itself.
  client.on('error', () => undefined)
  return client
}

function create(redis: RedisConfig, options: RedisOptions): RedisClient {
  switch (redis.kind) {
    case 'standalone':
      return new Redis(redis.url, options)
    case 'sentinel':
      return new Redis({ ...options, sentinels: redis.sentinels, name: redis.name })
    case 'cluster':
      return new Cluster(redis.nodes, {
        redisOptions: options,
        enableOfflineQueue: options.enableOfflineQueue ?? true,
      })
  }
}

const awaitingReady = new WeakMap<RedisClient, Promise<void>>()

/** Resolves once commands can be sent; rejects after `limitMs`. Callers at the same time wait together. */
export async function redisReady(client: RedisClient, limitMs: number): Promise<void> {
  if (client.status === 'ready') return
  let waiting = awaitingReady.get(client)
  if (!waiting) {
    waiting = once(client, 'ready', { signal: AbortSignal.timeout(limitMs) }).then(
      () => undefined,
      (cause: unknown) => {
        throw new Error(`Redis did not answer within ${limitMs} ms`, { cause })
      },
    )
    awaitingReady.set(client, waiting)
    const forget = () => awaitingReady.delete(client)
    waiting.then(forget, forget)
  }
  await waiting
}
