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
