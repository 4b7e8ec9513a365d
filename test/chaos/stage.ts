import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import { type Cluster, startCluster } from '@/bin/postgres/cluster'
import { migrate } from '@/lib/db/migrate'
import { closePool } from '@/lib/db/pool'
import { closeQueues } from '@/lib/queue/backend'
import { forkWorker, kill } from '@/test/support/engine'
import { createDatabase } from '@/test/support/postgres'
import { startRedis, type TestRedis } from '@/test/support/redis'
import type { Backend, Cell } from './cell'
import { keepHistory } from './history'
import { createLedger, type Ledger } from './ledger'

/** Where one cell plays: servers of its own, its ledger, and the programs it started. */
export type Stage = {
  backend: Backend
  ledger: Ledger
  databaseUrl: string
  /** The cell's Redis. @throws on the PostgreSQL backend */
  redis(): TestRedis
  /** The cell's own PostgreSQL server. @throws where it has none */
  server(): Cluster
  /** Starts a worker program that serves the probes, and waits until it is ready. */
  worker(env?: Record<string, string>): Promise<ChildProcess>
  /** Runs at the end of the cell, the latest first. */
  onClose(work: () => unknown): void
  close(): Promise<void>
}

/** Sets the stage; the environment of this process then names the cell's servers. */
export async function openStage(cell: Cell): Promise<Stage> {
  const ledger = createLedger()
  const closing: (() => unknown)[] = [
    () => fs.rmSync(ledger.folder, { recursive: true, force: true }),
  ]
  const onClose = (work: () => unknown) => closing.push(work)
  const server = cell.ownServer ? await ownServer(ledger.folder, onClose) : undefined
  const databaseUrl = server?.url ?? (await ownDatabase(onClose))
  process.env.DATABASE_URL = databaseUrl
  const redis = cell.backend === 'redis' ? await ownRedis(cell, onClose) : undefined
  onClose(closePool)
  onClose(closeQueues)
  await keepHistory()
  return {
    backend: cell.backend,
    ledger,
    databaseUrl,
    redis: () => present(redis, 'Redis'),
    server: () => present(server, 'PostgreSQL server'),
    worker: async (env) => {
      const child = await forkWorker({ LOG_LEVEL: 'warn', ...env })
      onClose(() => (isRunning(child) ? kill(child) : undefined))
      return child
    },
    onClose,
    async close() {
      for (const work of closing.reverse()) await work()
    },
  }
}

/** Whether a program has not ended. */
export function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
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

async function ownRedis(cell: Cell, onClose: Stage['onClose']): Promise<TestRedis> {
  const redis = await startRedis({ aof: !cell.withoutAof })
  onClose(() => redis.stop())
  process.env.REDIS_URL = redis.url
  return redis
}
