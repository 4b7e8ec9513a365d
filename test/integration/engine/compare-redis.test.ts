import { afterAll, beforeAll, describe } from 'vitest'
import { producerClient, queue } from '@/lib/queue/backend'
import { ownDatabase } from '@/test/support/own-database'
import { startRedis, type TestRedis } from '@/test/support/redis'
import { describeComparison } from './compare-suite'

describe('with the queue in Redis', () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
    process.env.REDIS_URL = redis.url
  })
  ownDatabase()
  afterAll(() => redis.stop())

  describeComparison(async (id) => {
    await producerClient()?.zrem((await queue('probe')).toKey('prioritized'), id)
  })
})
