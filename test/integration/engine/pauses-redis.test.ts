import { describe } from 'vitest'
import { ownRedis } from '@/test/support/own-redis'
import { describePauses } from './pauses-suite'

describe('a pause with queues in Redis', () => {
  ownRedis()
  describePauses()
})
