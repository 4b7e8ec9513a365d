import { z } from 'zod'
import type { EntryPage, EntryState } from './inspect'
import type { RedisClient } from './redis'

/** The key of one of the queue's lists, or of an entry. */
type ToKey = (name: string) => string

/** Sorted sets that hold nearly all entries: every job has a priority, so none waits in a list at first. */
const SETS = ['delayed', 'prioritized'] as const
/** Short ones: entries that workers hold, and those they let go. BullMQ sees to what a dead worker held. */
const LISTS = ['active', 'wait', 'paused'] as const

const scores = z.array(z.string().nullable())
const members = z.array(z.string())

/** What the queue's own lists say about these entries, in their order. */
export async function redisStates(
  redis: RedisClient,
  toKey: ToKey,
  ids: string[],
): Promise<EntryState[]> {
  // One transaction, so that no entry is on its way from one list to the next.
  const transaction = redis.multi()
  for (const set of SETS) transaction.zmscore(toKey(set), ...ids)
  for (const list of LISTS) transaction.lrange(toKey(list), 0, -1)
  for (const id of ids) transaction.exists(toKey(id))
  const answers = await answersOf(transaction)
  const [delayed, prioritized] = answers.slice(0, SETS.length).map((answer) => scores.parse(answer))
  const lists = answers.slice(SETS.length, SETS.length + LISTS.length)
  const listed = new Set(lists.flatMap((answer) => members.parse(answer)))
  const data = answers.slice(SETS.length + LISTS.length)
  return ids.map((id, index) => {
    if (listed.has(id)) return 'served'
    const isDelayed = delayed?.[index] != null
    const isKnown = isDelayed || prioritized?.[index] != null
    const hasData = data[index] === 1
    if (isKnown && hasData) return isDelayed ? 'delayed' : 'served'
    return isKnown || hasData ? 'leftover' : 'absent'
  })
}

/** One scan after the other. A scan may answer more entries than asked for, and some twice. */
export async function redisPage(
  redis: RedisClient,
  toKey: ToKey,
  from: string | null,
  limit: number,
): Promise<EntryPage> {
  const [set = SETS[0], cursor = '0'] = from?.split(' ') ?? []
  const [next, found] = await redis.zscan(toKey(set), cursor, 'COUNT', limit)
  const ids = found.filter((_, index) => index % 2 === 0)
  if (next !== '0') return { ids, next: `${set} ${next}` }
  const following = SETS[SETS.findIndex((name) => name === set) + 1]
  return { ids, next: following ? `${following} 0` : null }
}

async function answersOf(transaction: ReturnType<RedisClient['multi']>): Promise<unknown[]> {
  const answers = await transaction.exec()
  if (!answers) throw new Error('Redis broke a transaction off')
  return answers.map(([error, answer]) => {
    if (error) throw error
    return answer
  })
}
