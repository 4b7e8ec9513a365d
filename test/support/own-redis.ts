import { afterAll, beforeAll } from 'vitest'
import { ownDatabase } from './own-database'
import { startRedis, type TestRedis } from './redis'

/**
 * Gives the tests a database and a Redis server of their own, in the environment that `lib` reads.
 * @returns the server, once they run
 */
export function ownRedis(options?: Parameters<typeof startRedis>[0]): () => TestRedis {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis(options)
    process.env.REDIS_URL = redis.url
  })
  ownDatabase()
  afterAll(() => redis.stop())
  return () => redis
}
