import { randomUUID } from 'node:crypto'
import { config } from '@/lib/config/config'
import { producerClient } from './backend'
import { redisReady } from './redis'

/** On PostgreSQL the queue lives and dies with the records, so its marker never changes. */
export const POSTGRES_MARKER = 'postgresql'
/** Stands for the marker of a Redis that was not met yet. */
export const SOME_REDIS = 'redis'

/** How long a process that begins waits for its Redis. */
const READY_LIMIT_MS = 2_000
/** A count that is not asked for goes away; longer than any pause of a process. */
const COUNT_MS = 3_600_000

let met: string | undefined

/** The key that vanishes when Redis loses its contents. */
function key(): string {
  return `${config().queuePrefix}:marker`
}

/**
 * The marker that the queue carries; null when it carries none: it is new, or was emptied.
 * @throws when Redis does not answer
 */
export async function readMarker(): Promise<string | null> {
  const redis = producerClient()
  const marker = redis ? await redis.get(key()) : POSTGRES_MARKER
  met = marker ?? met
  return marker
}

/** The marker that the queue carries, which is a new one in a queue that carried none. @throws like `readMarker` */
export async function ensureMarker(): Promise<string> {
  const present = await readMarker()
  if (present) return present
  const made = randomUUID()
  await producerClient()?.set(key(), made, 'NX')
  return (await readMarker()) ?? made
}

/** The marker that this process read last; `SOME_REDIS` before it has met its Redis. */
export function metMarker(): string {
  return producerClient() ? (met ?? SOME_REDIS) : POSTGRES_MARKER
}

/** Meets the queue: its marker, or `SOME_REDIS` when Redis does not answer soon. */
export async function meetQueue(): Promise<string> {
  const redis = producerClient()
  try {
    if (redis) await redisReady(redis, READY_LIMIT_MS)
    return await ensureMarker()
  } catch {
    return metMarker()
  }
}

/**
 * Counts this process's looks in the queue itself, where Redis could forget the last of them.
 * @returns a function that looks once: true when Redis came back in an older state than it was seen
 * in, e.g. restored from a dump; @throws when it does not answer
 */
export function createLookout(): () => Promise<boolean> {
  const name = randomUUID()
  let last = 0
  return async () => {
    const redis = producerClient()
    if (!redis) return false
    const count = `${config().queuePrefix}:looks:${name}`
    const looks = await redis.incr(count)
    await redis.pexpire(count, COUNT_MS)
    const wentBack = looks <= last
    last = looks
    return wentBack
  }
}
