import { producerConnection, queue } from './backend'
import { postgresBefore, postgresPage, postgresStates } from './inspect-postgres'
import { redisBefore, redisPage, redisStates } from './inspect-redis'
import type { RateLimit } from './settings'

/**
 * What the queue will do with a job. `served`: it waits for a worker, or has one. `delayed`: it waits
 * for its time. `leftover`: something of it is there that will never be delivered, and that keeps
 * the queue from taking the job again. `absent`: nothing is there.
 */
export type EntryState = 'served' | 'delayed' | 'leftover' | 'absent'

/** Some of the entries that wait in a queue, and where the next ones begin; null: there are none. */
export type EntryPage = { ids: string[]; next: string | null }

/** Entries asked about at once: a queue in Redis serves nobody meanwhile. */
const AT_ONCE = 1_000
/** Entries listed at once. */
const PAGE = 5_000

/** What the queue will do with these jobs: each is looked up where BullMQ serves from. */
export async function entryStates(
  queueName: string,
  ids: string[],
): Promise<Map<string, EntryState>> {
  const target = await queue(queueName)
  const connection = producerConnection()
  const states = new Map<string, EntryState>()
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE)
    const answers =
      'redis' in connection
        ? await redisStates(connection.redis, (name) => target.toKey(name), some)
        : await postgresStates(connection.pool, queueName, some)
    for (const [index, id] of some.entries()) states.set(id, answers[index] ?? 'absent')
  }
  return states
}

/**
 * The entries that the queue serves before that of a job, those that come first, at most `limit`. None
 * when it is next, or does not wait for a worker.
 */
export async function entriesBefore(
  queueName: string,
  id: string,
  limit: number,
): Promise<string[]> {
  const target = await queue(queueName)
  const connection = producerConnection()
  return 'redis' in connection
    ? redisBefore(connection.redis, (name) => target.toKey(name), id, limit)
    : postgresBefore(connection.pool, queueName, id, limit)
}

/** Milliseconds for which a queue starts nothing, because it has started as many as `limit` allows. */
export async function rateLimitedForMs(queueName: string, { max }: RateLimit): Promise<number> {
  return Math.max(0, await (await queue(queueName)).getRateLimitTtl(max))
}

/**
 * Entries that wait for a worker or for their time, some at a time. What waits there the whole time
 * is met at least once.
 * @param from null to begin; else the `next` of the page before
 */
export async function waitingEntries(queueName: string, from: string | null): Promise<EntryPage> {
  const target = await queue(queueName)
  const connection = producerConnection()
  return 'redis' in connection
    ? redisPage(connection.redis, (name) => target.toKey(name), from, PAGE)
    : postgresPage(connection.pool, queueName, from, PAGE)
}
