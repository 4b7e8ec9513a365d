import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort } from '../launcher/ports'
import { Refusal, reason } from '../refusal'
import { secretFile } from '../secret-file'
import { isAlive } from '../setup/processes.mjs'
import { type Binaries, binaries } from './binaries'
import { repairLockFile, runningPostmaster, stopPostmaster } from './postmaster'
import { waitUntil } from './processes'

const USER = 'millrace'
const DATABASE = 'millrace'
const START_LIMIT_MS = 60_000
const START_ATTEMPTS = 3
const MAX_LOG_BYTES = 10_000_000

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
}

/** An embedded PostgreSQL server; its files live in one folder. */
export type Cluster = {
  /** Where the application's database is; the same after a restart. */
  url: string
  /** The id of the server's process. */
  pid(): number | undefined
  /** Starts it again, on the same port, when it is no longer there. */
  restart(): Promise<void>
  /** Stops it and returns when its files are safe. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL server of `directory`, making the cluster first when there is none. A
 * server that still runs there, left by a killed launcher, is taken over as it is.
 * @throws {Refusal} when it does not start, with PostgreSQL's reason
 */
export async function startCluster(
  directory: string,
  settings = {},
  say: (line: string) => void = () => undefined,
): Promise<Cluster> {
  const folder = path.join(directory, 'postgres')
  const programs = binaries()
  const password = secretFile(path.join(directory, 'postgres-password'))
  await createCluster(folder, programs, password)
  if (runningPostmaster(folder)?.ready === false) {
    say('Waiting for the embedded PostgreSQL, which still starts or stops …')
  }
  const port = await run(folder, programs, { ...SETTINGS, ...settings })
  await createDatabase(port, password)
  return {
    url: urlOf(port, password, DATABASE),
    pid: () => runningPostmaster(folder)?.pid,
    restart: async () => {
      await run(folder, programs, { ...SETTINGS, ...settings }, port)
    },
    stop: () => stopPostmaster(folder),
  }
}

/** Where the server of `directory` answers, when one runs and is ready. */
export function runningUrl(directory: string): string | undefined {
  const running = runningPostmaster(path.join(directory, 'postgres'))
  const file = path.join(directory, 'postgres-password')
  if (!running?.ready || !fs.existsSync(file)) return undefined
  return urlOf(running.port, fs.readFileSync(file, 'utf8').trim(), DATABASE)
}

function urlOf(port: number, password: string, database: string): string {
  return `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`
}

async function createCluster(folder: string, programs: Binaries, password: string) {
  const version = path.join(folder, 'PG_VERSION')
  if (fs.existsSync(version)) {
    const found = fs.readFileSync(version, 'utf8').trim()
    if (found === programs.majorVersion) return
    throw new Refusal(
      `${folder} was made by PostgreSQL ${found} and this is ${programs.majorVersion}: dump it with the older release, or set DATABASE_URL.`,
    )
  }
  const unfinished = `${folder}.new`
  const passwordFile = `${folder}.password-${randomBytes(4).toString('hex')}`
  fs.rmSync(unfinished, { recursive: true, force: true })
  fs.mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  fs.writeFileSync(passwordFile, password, { mode: 0o600 })
  try {
    if (programs.owner) {
      for (const file of [unfinished, passwordFile]) {
        fs.chownSync(file, programs.owner.uid, programs.owner.gid)
      }
    }
    const { file, args } = programs.command('initdb', [
      ...[`--pgdata=${unfinished}`, `--username=${USER}`, `--pwfile=${passwordFile}`],
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ])
    await promisify(execFile)(file, args, { cwd: '/', ...spawnUser(programs), env: environment() })
    fs.renameSync(unfinished, folder)
  } catch (error) {
    throw new Refusal(`The embedded PostgreSQL could not be set up: ${initdbReason(error)}`)
  } finally {
    fs.rmSync(passwordFile, { force: true })
  }
}

function initdbReason(error: unknown): string {
  const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
  return output.split('\n').find((line) => line.startsWith('initdb: ')) ?? reason(error)
}

async function run(folder: string, programs: Binaries, settings: object, fixedPort?: number) {
  for (let attempt = 1; ; attempt++) {
    await repairLockFile(folder)
    const running = runningPostmaster(folder)
    const port = running?.port ?? fixedPort ?? (await freePort())
    const pid = running?.pid ?? launch(folder, programs, settings, port)
    const decided = () => !isAlive(pid) || runningPostmaster(folder)?.ready === true
    const inTime = await waitUntil(decided, START_LIMIT_MS)
    if (runningPostmaster(folder)?.ready) return port
    if (!inTime || attempt === START_ATTEMPTS) {
      throw new Refusal(`The embedded PostgreSQL did not start: ${lastWords(logFile(folder))}`)
    }
  }
}

/** Detached: a Ctrl-C of the terminal must not reach it before the programs that use it. */
function launch(folder: string, programs: Binaries, settings: object, port: number): number {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { file, args } = programs.command('postgres', ['-D', folder, '-p', `${port}`, ...options])
  const log = logFile(folder)
  const size = fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0
  const output = fs.openSync(log, size > MAX_LOG_BYTES ? 'w' : 'a', 0o600)
  try {
    const child = spawn(file, args, {
      ...{ cwd: '/', detached: true, stdio: ['ignore', output, output], env: environment() },
      ...spawnUser(programs),
    })
    child.on('error', () => undefined)
    child.unref()
    if (!child.pid) throw new Refusal(`The embedded PostgreSQL did not start: cannot run ${file}`)
    return child.pid
  } finally {
    fs.closeSync(output)
  }
}

function spawnUser(programs: Binaries): { uid?: number; gid?: number } {
  return programs.changesUser ? {} : { ...programs.owner }
}

/** Nothing of the operator's own PostgreSQL settings (PGPORT, PGDATA, …) leaks in. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, LC_ALL: 'C', TZ: 'UTC' }
}

function logFile(folder: string): string {
  return `${folder}.log`
}

function lastWords(log: string): string {
  const lines = fs.readFileSync(log, 'utf8').trim().split('\n')
  return lines.findLast((line) => /FATAL|PANIC|error/.test(line)) ?? `see ${log}`
}

async function createDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client(urlOf(port, password, 'postgres'))
  await client.connect()
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}
