import type { Config } from '@/lib/config/parse'
import { Refusal } from '../refusal'
import { root } from '../setup/root.mjs'
import { checkPort } from './check-port'
import { authSecret, openDataDir } from './data-dir'
import { type Database, openDatabase } from './database'
import { readEnvironment } from './environment'
import type { Program } from './program'
import { waitUntilReady } from './readiness'
import { onStopSignals } from './signals'

/** The worker's own grace is shorter: what is killed here has hung. */
const STOP_LIMIT_MS = 45_000

/** What the programs are started with. */
export type Launch = {
  say(line: string): void
  config: Config
  databaseUrl: string
  /** What this process was given, without `.env`. */
  given: NodeJS.ProcessEnv
  /** The environment of a program, where that of the checkout is `env`. */
  environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv
  /** The launcher cannot go on. */
  giveUp(refusal: Refusal): void
}

/** The web server and the worker, which run until they are stopped. */
export type Programs = {
  web: Program
  worker: Program
  /** Starts neither any more. */
  end(): Promise<void>
}

export type LaunchOptions = {
  say(line: string): void
  mode: 'production' | 'development'
  /** Generates and builds what is stale; called once nothing is known to stand in the way. */
  prepare(): Promise<void>
  start(launch: Launch): Promise<Programs>
  /** Within this time they are ready, or the launcher ends; undefined: it waits. */
  readyLimitMs?: number
}

/**
 * Runs Millrace until it is asked to stop: checks, prepares, starts the database, the web server and
 * the worker, and stops them in the other order.
 * @returns the exit code
 * @throws {Refusal} when it cannot start or go on
 */
export async function launch(options: LaunchOptions): Promise<number> {
  const given = { ...process.env }
  const config = readEnvironment(root)
  const { release, wasKilled } = await openDataDir(config.dataDir, 'start')
  try {
    await checkPort(config.port, config.host, wasKilled ? options.say : undefined)
    await options.prepare()
    await run(config, given, options)
    return 0
  } finally {
    release()
  }
}

async function run(config: Config, given: NodeJS.ProcessEnv, options: LaunchOptions) {
  const { say } = options
  const stopping = new AbortController()
  let refusal: Refusal | undefined
  let database: Database | undefined
  let programs: Programs | undefined
  const stop = () => {
    say('Stopping …')
    stopping.abort()
  }
  const kill = () => {
    for (const program of both(programs)) program.kill()
    database?.kill()
    process.exit(130)
  }
  const giveUp = (cause: Refusal) => {
    refusal ??= cause
    stopping.abort()
  }
  onStopSignals(stop, kill)
  try {
    database = await openDatabase(config, say)
    if (!stopping.signal.aborted) await bringUpToDate(database.url)
    if (!stopping.signal.aborted) {
      const { url: databaseUrl } = database
      const environment = environmentOf(config, databaseUrl, options.mode)
      programs = await options.start({ say, config, databaseUrl, given, environment, giveUp })
      await waitUntilReady(config, programs.worker, stopping.signal, options.readyLimitMs)
      if (!stopping.signal.aborted) say(`Millrace is ready: ${config.appUrl}`)
      await aborted(stopping.signal)
    }
  } finally {
    await programs?.end()
    await Promise.all(both(programs).map((program) => program.stop(STOP_LIMIT_MS)))
    await database?.stop()
  }
  if (refusal) throw refusal
}

function both(programs: Programs | undefined): Program[] {
  return programs ? [programs.worker, programs.web] : []
}

/**
 * Applies the migrations that are there and not applied.
 * @throws {Refusal} when one fails
 */
export async function bringUpToDate(url: string): Promise<void> {
  const { MigrationError, migrate } = await import('@/lib/db/migrate')
  try {
    await migrate(url)
  } catch (error) {
    throw error instanceof MigrationError ? new Refusal(error.message) : error
  }
}

function environmentOf(
  config: Config,
  databaseUrl: string,
  mode: LaunchOptions['mode'],
): Launch['environment'] {
  const fixed = {
    NODE_ENV: mode,
    PORT: String(config.port),
    HOST: config.host,
    DATA_DIR: config.dataDir,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: authSecret(config.authSecret, config.dataDir),
  }
  return (env) => ({ NEXT_TELEMETRY_DISABLED: '1', ...env, ...fixed })
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
