import { describe, expect, test } from 'vitest'
import { ownRedis } from '@/test/support/own-redis'
import { enqueueDispatched, reasonOf, standInWorker } from '@/test/support/waiting'
import { describePlace } from './suite'

describe('with the queue in Redis', () => {
  const redis = ownRedis()

  describePlace()

  test('a job that was handed over says so when Redis is away, and soon', async () => {
    await standInWorker()
    const id = await enqueueDispatched()
    await redis().stop()
    const before = performance.now()
    expect(await reasonOf(id)).toMatchObject({ reason: 'queue_away' })
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})
