import { describe } from 'vitest'
import { createDatabase } from '@/test/support/postgres'
import { startRedis } from '@/test/support/redis'
import { describeBoard } from './board-suite'

describe('Bull Board over queues in Redis', () => {
  describeBoard(async () => {
    const [database, redis] = await Promise.all([createDatabase(), startRedis()])
    process.env.DATABASE_URL = database.url
    process.env.REDIS_URL = redis.url
    return async () => {
      await redis.stop()
      await database.drop()
    }
  })
})
