import { randomUUID } from 'node:crypto'
import { config } from '@/lib/config/config'
import { producerClient } from './backend'

/** On PostgreSQL the queue lives and dies with the records, so its marker never changes. */
const POSTGRES_MARKER = 'postgresql'

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
  return redis ? redis.get(key()) : POSTGRES_MARKER
}

/** Leaves a new marker in a queue that carries none; answers the one it carries then. */
export async function leaveMarker(marker: string): Promise<string> {
  const redis = producerClient()
  if (!redis) return POSTGRES_MARKER
  await redis.set(key(), marker, 'NX')
  return (await redis.get(key())) ?? marker
}

/** A count that is not asked for goes away; longer than any pause of a process. */
const COUNT_MS = 3_600_000

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
