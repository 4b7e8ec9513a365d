import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, it, test } from 'vitest'
import { type Cluster, runningUrl, startCluster } from '@/bin/postgres/cluster'
import { waitUntil } from '@/bin/postgres/processes'
import { isAlive } from '@/bin/setup/processes.mjs'
import { zombie } from '@/test/support/zombie'

let directory = ''
let cluster: Cluster

beforeEach(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-postgres-'))
  cluster = await startCluster(directory)
  await query('CREATE TABLE kept (id int)')
  await query('INSERT INTO kept VALUES (1)')
})

afterEach(async () => {
  await cluster.stop()
  fs.rmSync(directory, { recursive: true, force: true })
})

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(cluster.url)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function killServer(): Promise<void> {
  const pid = cluster.pid()
  if (!pid) throw new Error('The server does not run')
  process.kill(pid, 'SIGKILL')
  await waitUntil(() => !isAlive(pid), 5_000)
}

/** The lock file of the killed server, as if its process id were this one. */
function writeLockFile(pid: number | undefined): void {
  const file = path.join(directory, 'postgres/postmaster.pid')
  const [, ...rest] = fs.readFileSync(file, 'utf8').split('\n')
  fs.writeFileSync(file, [pid, ...rest].join('\n'))
}

const kept = () => query('SELECT id FROM kept')

test('the embedded server keeps what is committed safe, and is open to this machine only', async () => {
  const settings = await query(
    `SELECT name, setting FROM pg_settings
     WHERE name IN ('fsync', 'listen_addresses', 'max_connections', 'TimeZone') ORDER BY name`,
  )
  expect(settings.map((row) => Object.values(row).join('='))).toEqual(
    expect.arrayContaining([
      'fsync=on',
      'listen_addresses=127.0.0.1',
      'max_connections=200',
      'TimeZone=UTC',
    ]),
  )
  const password = path.join(directory, 'postgres-password')
  expect(fs.statSync(password).mode & 0o777).toBe(0o600)
  const stranger = new pg.Client(cluster.url.replace(/:[^:@]+@/, ':wrong@'))
  await expect(stranger.connect()).rejects.toThrow('password authentication failed')
})

test('it comes back on the same port after kill -9, with everything committed', async () => {
  await killServer()
  await cluster.restart()
  expect(runningUrl(directory)).toBe(cluster.url)
  expect(await kept()).toEqual([{ id: 1 }])
})

test('a server left by a killed launcher is taken over as it is', async () => {
  const pid = cluster.pid()
  const adopted = await startCluster(directory)
  expect(adopted.pid()).toBe(pid)
  expect(adopted.url).toBe(cluster.url)
})

test('a lock file whose process id belongs to somebody else does not stop the start', async () => {
  await killServer()
  const other = spawn('sleep', ['60'], { stdio: 'ignore' })
  writeLockFile(other.pid)
  try {
    expect(runningUrl(directory)).toBeUndefined()
    cluster = await startCluster(directory)
    expect(await kept()).toEqual([{ id: 1 }])
    expect(other.exitCode).toBeNull()
  } finally {
    other.kill()
  }
})

it('starts although the id of the killed server belongs to a process that nobody has reaped [R9]', async () => {
  await killServer()
  const { pid, end } = await zombie()
  writeLockFile(pid)
  try {
    expect(cluster.pid()).toBeUndefined()
    cluster = await startCluster(directory)
    expect(await kept()).toEqual([{ id: 1 }])
  } finally {
    end()
  }
})

it('starts although that id belongs to a reader of the server’s log [R9]', async () => {
  await killServer()
  const reader = spawn('tail', ['-f', path.join(directory, 'postgres.log')], { stdio: 'ignore' })
  writeLockFile(reader.pid)
  try {
    cluster = await startCluster(directory)
    expect(await kept()).toEqual([{ id: 1 }])
    expect(reader.exitCode).toBeNull()
  } finally {
    reader.kill()
  }
})

test('a set-up that was cut short is begun again', async () => {
  await cluster.stop()
  fs.rmSync(path.join(directory, 'postgres'), { recursive: true })
  fs.mkdirSync(path.join(directory, 'postgres.new/base'), { recursive: true })
  cluster = await startCluster(directory)
  expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a clean stop leaves no process', async () => {
  const pid = cluster.pid()
  await cluster.stop()
  expect(cluster.pid()).toBeUndefined()
  expect(pid && isAlive(pid)).toBe(false)
})
