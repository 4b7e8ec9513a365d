import { describe } from 'vitest'
import { createDatabase } from '@/test/support/postgres'
import { startRedis } from '@/test/support/redis'
import { describeEngine } from './suite'

describe('the engine with its queues in Redis', () => {
  describeEngine(async () => {
    const [database, redis] = await Promise.all([createDatabase(), startRedis()])
    process.env.DATABASE_URL = database.url
    process.env.REDIS_URL = redis.url
    return async () => {
      await redis.stop()
      await database.drop()
    }
  })
})
