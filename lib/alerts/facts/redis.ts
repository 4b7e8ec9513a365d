import { tellRedis } from '@/lib/health/redis'
import { producerClient } from '@/lib/queue/backend'
import { redisReady } from '@/lib/queue/redis'

/** Longest wait for a connection, and for what is asked over it, in milliseconds. */
const LIMIT_MS = 2_000

/** What Redis could lose or refuse, or that it does not answer; none where the queues do without it. */
export async function readRedisWarnings(): Promise<string[]> {
  const redis = producerClient()
  if (!redis) return []
  let timer: NodeJS.Timeout | undefined
  try {
    await redisReady(redis, LIMIT_MS)
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('No answer in time')), LIMIT_MS)
    })
    const { warnings } = await Promise.race([tellRedis(redis), limit])
    return warnings
  } catch {
    return ['Redis does not answer: jobs are accepted and wait.']
  } finally {
    clearTimeout(timer)
  }
}
