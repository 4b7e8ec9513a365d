import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from '@/bin/launcher/ports'
import { findProgram, REDIS_SERVERS } from '@/bin/test/programs'

const START_LIMIT_MS = 10_000

export type TestRedis = {
  url: string
  port: number
  /** Lets it save and end; its files are removed. */
  stop(): Promise<void>
  /** `kill -9`; `restart` brings it back with what it had written. */
  kill(): Promise<void>
  /** Starts it again on the same port, after a clean stop if it still runs. */
  restart(): Promise<void>
}

/**
 * A real Redis server of the caller's own, on a free port: never evicts, and keeps an append-only
 * file unless `aof` is false.
 */
export async function startRedis(
  options: { aof?: boolean; password?: string } = {},
): Promise<TestRedis> {
  const program = findProgram(REDIS_SERVERS)
  if (!program) throw new Error('There is no redis-server: run the tests with `npm test`')
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-redis-'))
  const port = await freePort()
  const { password } = options
  const url = `redis://${password ? `:${encodeURIComponent(password)}@` : ''}127.0.0.1:${port}`
  const aof = options.aof === false ? 'no' : 'yes'
  const args = [
    ...['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--save', ''],
    ...(password ? ['--requirepass', password] : []),
    ...['--appendonly', aof, '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'],
  ]
  let child: ChildProcess | undefined
  const start = async () => {
    child = spawn(program, args, { stdio: 'ignore' })
    await answers(url)
  }
  const end = async (signal: NodeJS.Signals) => {
    const running = child
    child = undefined
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await ended
  }
  const emergency = () => child?.kill('SIGKILL')
  process.on('exit', emergency)
  await start()
  return {
    url,
    port,
    stop: async () => {
      process.off('exit', emergency)
      await end('SIGTERM')
      fs.rmSync(directory, { recursive: true, force: true })
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM')
      await start()
    },
  }
}

async function answers(url: string): Promise<void> {
  const end = Date.now() + START_LIMIT_MS
  for (;;) {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.ping()
      return
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    } finally {
      client.disconnect()
    }
  }
}
