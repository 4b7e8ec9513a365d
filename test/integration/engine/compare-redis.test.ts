import { describe } from 'vitest'
import { producerClient, queue } from '@/lib/queue/backend'
import { ownRedis } from '@/test/support/own-redis'
import { describeComparison } from './compare-suite'

describe('with the queue in Redis', () => {
  ownRedis()

  describeComparison(async (id) => {
    await producerClient()?.zrem((await queue('probe')).toKey('prioritized'), id)
  })
})
