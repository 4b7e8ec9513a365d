import { z } from 'zod'
import type { EntryPage, EntryState } from './inspect'
import type { RedisClient } from './redis'

/** The key of one of the queue's lists, or of an entry. */
type ToKey = (name: string) => string

/** Sorted sets that hold nearly all entries: every job has a priority, so none waits in a list at first. */
const SETS = ['delayed', 'prioritized'] as const
/** Short ones: entries that workers hold, and those they let go. BullMQ sees to what a dead worker held. */
const LISTS = ['active', 'wait', 'paused'] as const

/**
 * A letter for each entry of `ARGV`. One script, so that no entry is on its way from one list to the
 * next, and a thousand entries are one command.
 */
const STATES = `
local listed = {}
for list = 3, 5 do
  for _, id in ipairs(redis.call('LRANGE', KEYS[list], 0, -1)) do listed[id] = true end
end
local states = {}
for index = 2, #ARGV do
  local id = ARGV[index]
  local state = 'a'
  if listed[id] then
    state = 's'
  else
    local delayed = redis.call('ZSCORE', KEYS[1], id)
    local known = delayed or redis.call('ZSCORE', KEYS[2], id)
    local data = redis.call('EXISTS', ARGV[1] .. id) == 1
    if known and data then state = delayed and 'd' or 's' elseif known or data then state = 'l' end
  end
  states[#states + 1] = state
end
return table.concat(states)
`

const letters = new Map<string, EntryState>([
  ['s', 'served'],
  ['d', 'delayed'],
  ['l', 'leftover'],
  ['a', 'absent'],
])

/** What the queue's own lists say about these entries, in their order. */
export async function redisStates(
  redis: RedisClient,
  toKey: ToKey,
  ids: string[],
): Promise<EntryState[]> {
  const keys = [...SETS, ...LISTS].map(toKey)
  const answer = z.string().parse(await redis.eval(STATES, keys.length, ...keys, toKey(''), ...ids))
  return Array.from(answer, (letter) => letters.get(letter) ?? 'absent')
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
  // From the first set to the second; after that there is none.
  return { ids, next: set === SETS[0] ? `${SETS[1]} 0` : null }
}

/** What workers let go comes before all that has a priority. */
const BEFORE = `
local rank = redis.call('ZRANK', KEYS[2], ARGV[1])
if not rank then return {} end
local limit = tonumber(ARGV[2])
local before = redis.call('LRANGE', KEYS[1], 0, limit - 1)
local room = math.min(rank, limit - #before)
if room > 0 then
  for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, room - 1)) do before[#before + 1] = id end
end
return before
`

/** Waiting entries that come before another one. */
export async function redisBefore(
  redis: RedisClient,
  toKey: ToKey,
  id: string,
  limit: number,
): Promise<string[]> {
  const keys = ['wait', 'prioritized'].map(toKey)
  return z.array(z.string()).parse(await redis.eval(BEFORE, keys.length, ...keys, id, limit))
}
