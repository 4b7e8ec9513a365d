import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Cluster, startCluster } from '@/bin/postgres/cluster'
import { migrate } from '@/lib/db/migrate'
import { closePool } from '@/lib/db/pool'
import { closeQueues } from '@/lib/queue/backend'
import { kill } from '@/test/support/engine'
import { createDatabase } from '@/test/support/postgres'
import type { TestRedis } from '@/test/support/redis'
import type { RedisCluster } from '@/test/support/redis-cluster'
import type { RedisSentinel } from '@/test/support/redis-sentinel'
import type { Backend, Cell, Terms } from './cell'
import { createExpectations, type Expectations } from './expectations'
import { keepHistory } from './history'
import { createLedger, type Ledger } from './ledger'
import { createRandom, type Random } from './random'
import { openRedis, type RedisServers } from './redis-servers'

/** Where one cell plays: servers of its own, its ledger, and the programs it started. */
export type Stage = {
  backend: Backend
  terms: Terms
  random: Random
  ledger: Ledger
  expectations: Expectations
  databaseUrl: string
  /** The cell's Redis. @throws where it has none, or several */
  redis(): TestRedis
  sentinel(): RedisSentinel
  cluster(): RedisCluster
  /** The cell's own PostgreSQL server. @throws where it has none */
  server(): Cluster
  /** Starts a worker program that serves the probes, and waits until it is ready. */
  worker(env?: Record<string, string>): Promise<ChildProcess>
  /** Runs at the end of the cell, the latest first. */
  onClose(work: () => unknown): void
  close(): Promise<void>
}

const WORKER = fileURLToPath(new URL('worker-process.ts', import.meta.url))

/** Sets the stage; the environment of this process then names the cell's servers. */
export async function openStage(cell: Cell, terms: Terms): Promise<Stage> {
  const ledger = createLedger()
  const closing: (() => unknown)[] = [
    () => fs.rmSync(ledger.folder, { recursive: true, force: true }),
  ]
  const onClose = (work: () => unknown) => closing.push(work)
  const server = cell.ownServer ? await ownServer(ledger.folder, onClose) : undefined
  const databaseUrl = server?.url ?? (await ownDatabase(onClose))
  process.env.DATABASE_URL = databaseUrl
  process.env.WEBHOOK_ALLOW_CIDRS = '127.0.0.0/8'
  const redis: RedisServers = cell.backend === 'redis' ? await openRedis(cell, onClose) : {}
  onClose(closePool)
  onClose(closeQueues)
  await keepHistory()
  let closed = false
  return {
    backend: cell.backend,
    terms,
    random: createRandom(terms.seed),
    ledger,
    expectations: createExpectations(),
    databaseUrl,
    redis: () => present(redis.standalone, 'Redis'),
    sentinel: () => present(redis.sentinel, 'Redis Sentinel'),
    cluster: () => present(redis.cluster, 'Redis Cluster'),
    server: () => present(server, 'PostgreSQL server'),
    worker: async (env) => {
      if (closed) throw new Error('The cell is over')
      const child = await startWorker({ LOG_LEVEL: 'warn', ...env })
      onClose(() => (isRunning(child) ? kill(child) : undefined))
      return child
    },
    onClose,
    async close() {
      closed = true
      for (const work of closing.reverse()) await work()
    },
  }
}

/** Whether a program has not ended. */
export function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

/** @throws when the worker ends before it is ready, as one does that must not start */
async function startWorker(env: Record<string, string>): Promise<ChildProcess> {
  const child = fork(WORKER, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  // A worker that hears nothing any more would outlive a cell that was stopped.
  const emergency = () => child.kill('SIGKILL')
  process.on('exit', emergency)
  child.once('exit', () => process.off('exit', emergency))
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The worker ended with ${code} before it was ready`)
  })
  await Promise.race([once(child, 'message'), ended])
  ended.catch(() => undefined)
  return child
}

function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`This cell has no ${name} of its own`)
  return value
}

async function ownDatabase(onClose: Stage['onClose']): Promise<string> {
  const database = await createDatabase()
  onClose(() => database.drop())
  return database.url
}

async function ownServer(folder: string, onClose: Stage['onClose']): Promise<Cluster> {
  const cluster = await startCluster(folder)
  // A cell that was stopped leaves no server behind.
  const emergency = () => {
    const pid = cluster.pid()
    if (pid) process.kill(pid, 'SIGQUIT')
  }
  process.on('exit', emergency)
  onClose(async () => {
    await cluster.stop()
    process.off('exit', emergency)
  })
  await migrate(cluster.url)
  return cluster
}
