import { formatBytes } from '@/lib/format/bytes'
import type { RedisClient } from './redis'

/** More of its memory than this in use, 0 to 1, and Redis will soon refuse jobs. */
const ALMOST_FULL = 0.9

/** What an operator wants to know of Redis, and what it could lose or refuse, in sentences. */
export async function tellRedis(
  redis: RedisClient,
): Promise<{ facts: string[]; warnings: string[] }> {
  const info = parse(await redis.info())
  const aof = info.get('aof_enabled') === '1'
  const policy = info.get('maxmemory_policy') ?? 'unknown policy'
  const used = Number(info.get('used_memory') ?? 0)
  const most = Number(info.get('maxmemory') ?? 0)
  const memory = most > 0 ? `${formatBytes(used)} of ${formatBytes(most)}` : formatBytes(used)
  const warnings = [
    ...(aof
      ? []
      : ['Append-only file off: after a crash the queues are rebuilt from the records.']),
    ...(policy === 'noeviction' ? [] : [`Evicts under pressure (${policy}): set noeviction.`]),
    ...(most > 0 && used > ALMOST_FULL * most ? [`Memory almost full: ${memory}.`] : []),
  ]
  const version = `Redis ${info.get('redis_version') ?? ''}`.trim()
  return { facts: [version, aof ? 'AOF on' : 'AOF off', policy, memory], warnings }
}

function parse(info: string): Map<string, string> {
  return new Map(
    info
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  )
}
