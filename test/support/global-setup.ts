import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startCluster } from '@/bin/postgres/cluster'
import { migrate } from '@/lib/db/migrate'
import { databaseUrl, SERVER_VARIABLE, TEMPLATE } from './postgres'

type Server = { started: Promise<() => Promise<void>>; users: number }

declare global {
  /** Vitest evaluates this file once for each project; what they share is kept outside of it. */
  var millraceTestServer: Server | undefined
}

/** One PostgreSQL server for the whole run, with a migrated database to copy; both projects share it. */
export default async function setup(): Promise<() => Promise<void>> {
  globalThis.millraceTestServer ??= { started: start(), users: 0 }
  const server = globalThis.millraceTestServer
  server.users += 1
  const stop = await server.started
  return async () => {
    server.users -= 1
    if (server.users === 0) await stop()
  }
}

async function start(): Promise<() => Promise<void>> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-test-'))
  // Every parallel test file brings pools of its own.
  const cluster = await startCluster(directory, { max_connections: '600' })
  const emergency = () => {
    const pid = cluster.pid()
    if (pid) process.kill(pid, 'SIGQUIT')
  }
  process.on('exit', emergency)
  process.env[SERVER_VARIABLE] = cluster.url
  await execute(cluster.url, `CREATE DATABASE ${TEMPLATE}`)
  await migrate(databaseUrl(TEMPLATE))
  // PostgreSQL copies only a database that nobody is connected to.
  await execute(cluster.url, `ALTER DATABASE ${TEMPLATE} ALLOW_CONNECTIONS false`)
  return async () => {
    process.off('exit', emergency)
    await cluster.stop()
    fs.rmSync(directory, { recursive: true, force: true })
  }
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
