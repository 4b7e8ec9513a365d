import { Redis } from 'ioredis'
import { keyPrefix } from '@/lib/queue/redis'
import type { Stage } from './stage'

/**
 * Does something to the cell's Redis, as an operator with a console could.
 * @throws when it is away
 */
export async function withRedis<T>(stage: Stage, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(stage.redis().url, { retryStrategy: () => null })
  redis.on('error', () => undefined)
  try {
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

/** The key in which BullMQ keeps something of a queue. */
export function queueKey(queue: string, part: string): string {
  return `${keyPrefix(queue)}:${queue}:${part}`
}
