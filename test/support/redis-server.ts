import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Redis } from 'ioredis'
import { findProgram, REDIS_SERVERS } from '@/bin/test/programs'

const START_LIMIT_MS = 10_000

/** One program of Redis, in a folder of its own. */
export type RedisServer = {
  port: number
  pid(): number | undefined
  /** Starts it, and waits until it answers. */
  start(): Promise<void>
  end(signal: NodeJS.Signals): Promise<void>
  /** Ends it, and removes its files. */
  remove(): Promise<void>
}

/**
 * A Redis program that is not started yet; it never outlives this process.
 * @param args besides its port, its address and its folder
 * @param prepare writes what it needs into its folder, and answers more arguments, which come first
 */
export function createRedisServer(
  port: number,
  args: string[],
  { password, prepare }: { password?: string; prepare?: (folder: string) => string[] } = {},
): RedisServer {
  const program = findProgram(REDIS_SERVERS)
  if (!program) throw new Error('There is no redis-server: run the tests with `npm test`')
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-redis-'))
  const first = prepare?.(folder) ?? []
  const own = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder]
  let child: ChildProcess | undefined
  const emergency = () => child?.kill('SIGKILL')
  process.on('exit', emergency)
  const end = async (signal: NodeJS.Signals) => {
    const running = child
    child = undefined
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await ended
  }
  return {
    port,
    pid: () => child?.pid,
    start: async () => {
      child = spawn(program, [...first, ...own, ...args], { stdio: 'ignore' })
      await answers(port, password)
    },
    end,
    remove: async () => {
      process.off('exit', emergency)
      await end('SIGTERM')
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answers(port: number, password: string | undefined): Promise<void> {
  const end = Date.now() + START_LIMIT_MS
  for (;;) {
    const client = new Redis({
      host: '127.0.0.1',
      port,
      ...(password ? { password } : {}),
      lazyConnect: true,
      retryStrategy: () => null,
    })
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
