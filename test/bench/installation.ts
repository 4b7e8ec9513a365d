import { fork } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startCluster } from '@/bin/postgres/cluster'
import { migrate } from '@/lib/db/migrate'
import { startRedis } from '@/test/support/redis'
import { POSTGRES_PID, REDIS_PID } from './cpu'
import type { Measured, MeasureName } from './measures'

export type Backend = 'Redis' | 'PostgreSQL'

/** Servers as the product starts them: fsync and the append-only file are on. */
export async function startServers() {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-bench-'))
  const cluster = await startCluster(directory)
  const redis = await startRedis()
  let databases = 0

  /** The environment of a new, empty installation. */
  async function installation(backend: Backend): Promise<Record<string, string>> {
    databases += 1
    const url = new URL(cluster.url)
    url.pathname = `/bench_${databases}`
    await execute(cluster.url, `CREATE DATABASE bench_${databases}`)
    await migrate(url.href)
    return {
      DATABASE_URL: url.href,
      DATA_DIR: path.join(directory, `data-${databases}`),
      QUEUE_PREFIX: `bench-${databases}`,
      LOG_LEVEL: 'error',
      [POSTGRES_PID]: `${cluster.pid()}`,
      [REDIS_PID]: `${redis.pid()}`,
      ...(backend === 'Redis' ? { REDIS_URL: redis.url } : {}),
    }
  }

  async function stop(): Promise<void> {
    await redis.stop()
    await cluster.stop()
    fs.rmSync(directory, { recursive: true, force: true })
  }

  return { installation, stop, redis }
}

/** Runs one measure in a process of its own. */
export function measure<Name extends MeasureName>(
  name: Name,
  count: number,
  env: Record<string, string>,
): Promise<Measured<Name>> {
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [name, `${count}`], {
    // As workers are started.
    execArgv: ['--import', 'tsx', '--max-semi-space-size=64'],
    env: { ...process.env, REDIS_URL: '', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', (figures: Measured<Name>) => resolve(figures))
    child.once('exit', (code) => reject(new Error(`The measure ${name} ended with code ${code}`)))
  })
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
