import { statfs } from 'node:fs/promises'
import { config } from '@/lib/config/config'
import { producerClient } from '@/lib/queue/backend'
import { redisReady } from '@/lib/queue/redis'
import { tellRedis } from '@/lib/queue/redis-health'
import { withTimeLimit } from '@/lib/time/limit'

/** Longest wait for a connection, and for what is asked over it, in milliseconds. */
const LIMIT_MS = 2_000

/** How full the disk with the files is; null when they are in S3; undefined when it cannot be told. */
export async function readDisk(): Promise<number | null | undefined> {
  const { s3, dataDir } = config()
  if (s3) return null
  try {
    const { blocks, bfree, bavail } = await statfs(dataDir)
    // As `df` reckons: what is reserved for the system counts as neither used nor free.
    const used = blocks - bfree
    return used / (used + bavail)
  } catch {
    return undefined
  }
}

/** What Redis could lose or refuse, or that it does not answer; none where the queues do without it. */
export async function readRedisWarnings(): Promise<string[]> {
  const redis = producerClient()
  if (!redis) return []
  try {
    await redisReady(redis, LIMIT_MS)
    return (await withTimeLimit(LIMIT_MS, () => tellRedis(redis))).warnings
  } catch {
    return ['Redis does not answer: jobs are accepted and wait.']
  }
}
