import path from 'node:path'
import type { Config } from '@/lib/config/parse'
import { Refusal } from '../refusal'
import { root } from '../setup/root.mjs'
import { checkPort } from './check-port'
import { authSecret, openDataDir } from './data-dir'
import { type Database, openDatabase } from './database'
import { readEnvironment } from './environment'
import { Program } from './program'
import { waitUntilReady } from './readiness'
import { onStopSignals } from './signals'
import { watchSources } from './watch'

/** The worker's own grace is shorter: what is killed here has hung. */
const STOP_LIMIT_MS = 45_000

export type LaunchOptions = {
  say(line: string): void
  dev: boolean
  /** Generates and builds what is stale; called once nothing is known to stand in the way. */
  prepare(): Promise<void>
}

/**
 * Runs Millrace until it is asked to stop: checks, prepares, starts the database, the web server and
 * the worker, and stops them in the other order.
 * @returns the exit code
 * @throws {Refusal} when it cannot start or go on
 */
export async function launch(options: LaunchOptions): Promise<number> {
  const config = readEnvironment(root)
  const { release, wasKilled } = await openDataDir(config.dataDir, 'start')
  try {
    await checkPort(config.port, config.host, wasKilled ? options.say : undefined)
    await options.prepare()
    await run(config, options)
    return 0
  } finally {
    release()
  }
}

async function run(config: Config, { say, dev }: LaunchOptions): Promise<void> {
  const stopping = new AbortController()
  let refusal: Refusal | undefined
  let database: Database | undefined
  const programs: Program[] = []
  const stop = () => {
    say('Stopping …')
    stopping.abort()
  }
  const kill = () => {
    for (const program of programs) program.kill()
    database?.kill()
    process.exit(130)
  }
  onStopSignals(stop, kill)
  try {
    database = await openDatabase(config, say)
    if (!stopping.signal.aborted) await bringUpToDate(database.url)
    if (!stopping.signal.aborted) {
      const shared = {
        env: childEnvironment(config, database.url, dev),
        say,
        onGiveUp: (cause: Refusal) => {
          refusal ??= cause
          stopping.abort()
        },
      }
      const worker = new Program({ name: 'worker', args: workerArgs(dev), ...shared })
      const web = new Program({ name: 'web server', args: webArgs(dev), ...shared })
      programs.push(worker, web)
      for (const program of programs) program.start()
      if (dev) watchSources(root, () => worker.restart(), say)
      await waitUntilReady(config.port, config.host, () => worker.ready, stopping.signal)
      if (!stopping.signal.aborted) say(`Millrace is ready: ${config.appUrl}`)
      await aborted(stopping.signal)
    }
  } finally {
    await Promise.all(programs.map((program) => program.stop(STOP_LIMIT_MS)))
    await database?.stop()
  }
  if (refusal) throw refusal
}

async function bringUpToDate(url: string): Promise<void> {
  const { MigrationError, migrate } = await import('@/lib/db/migrate')
  try {
    await migrate(url)
  } catch (error) {
    throw error instanceof MigrationError ? new Refusal(error.message) : error
  }
}

function childEnvironment(config: Config, databaseUrl: string, dev: boolean): NodeJS.ProcessEnv {
  return {
    NEXT_TELEMETRY_DISABLED: '1',
    ...process.env,
    NODE_ENV: dev ? 'development' : 'production',
    PORT: String(config.port),
    HOST: config.host,
    DATA_DIR: config.dataDir,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: authSecret(config.authSecret, config.dataDir),
  }
}

const TYPESCRIPT = ['--import', 'tsx']

function webArgs(dev: boolean): string[] {
  if (dev) return [...TYPESCRIPT, path.join(root, 'bin/web/main.ts'), '--dev']
  return [path.join(root, 'dist/web.js')]
}

/**
 * Hundreds of attempts at once outlive V8's default of 16 MB for what is young, and are copied again and
 * again: with 64 MB a job costs a sixth less.
 */
const ROOM_FOR_YOUNG = '--max-semi-space-size=64'

function workerArgs(dev: boolean): string[] {
  const leash = ['--import', path.join(root, 'bin/child/leash.mjs')]
  if (dev) return [...TYPESCRIPT, ...leash, path.join(root, 'workers/main.ts')]
  return ['--enable-source-maps', ROOM_FOR_YOUNG, ...leash, path.join(root, 'dist/worker.js')]
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  // An abort signal alone keeps no process alive.
  const alive = setInterval(() => undefined, 60_000)
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      clearInterval(alive)
      resolve()
    })
  })
}
