import { freePort } from '@/bin/launcher/ports'
import { createRedisServer } from './redis-server'

export type TestRedis = {
  url: string
  port: number
  pid(): number | undefined
  /** Lets it save and end; its files are removed. */
  stop(): Promise<void>
  /** `kill -9`; `restart` brings it back with what it had written. */
  kill(): Promise<void>
  /** Starts it again on the same port, after a clean stop if it still runs. */
  restart(): Promise<void>
}

/** What every server of the tests does: keeps what it is told, and never evicts. */
export function durable(aof: boolean): string[] {
  return [
    ...['--save', '', '--appendonly', aof ? 'yes' : 'no'],
    ...['--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'],
  ]
}

/**
 * A real Redis server of the caller's own, on a free port: never evicts, and keeps an append-only
 * file unless `aof` is false; then it comes back with what its last SAVE wrote.
 */
export async function startRedis(
  options: { aof?: boolean; password?: string } = {},
): Promise<TestRedis> {
  const port = await freePort()
  const { password } = options
  const args = [...durable(options.aof !== false), ...(password ? ['--requirepass', password] : [])]
  const server = createRedisServer(port, args, { ...(password ? { password } : {}) })
  await server.start()
  return {
    url: `redis://${password ? `:${encodeURIComponent(password)}@` : ''}127.0.0.1:${port}`,
    port,
    pid: server.pid,
    stop: () => server.remove(),
    kill: () => server.end('SIGKILL'),
    restart: async () => {
      await server.end('SIGTERM')
      await server.start()
    },
  }
}
