import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { callApi } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

const root = path.resolve(import.meta.dirname, '../..')
const READY = 'GET /api/health/ready'
const PENDING = /^2 migrations are pending, \d{14}_\w+ first: run npm run -s cli -- migrate$/

test('a database that lacks migrations is no place to send requests or jobs to [M4]', async () => {
  expect((await callApi(READY)).status).toBe(200)

  await pool().query(`DELETE FROM _prisma_migrations WHERE migration_name IN (
    SELECT migration_name FROM _prisma_migrations ORDER BY migration_name DESC LIMIT 2)`)
  await expect.poll(async () => (await callApi(READY)).status).toBe(503)
  const { checks } = await (await callApi(READY)).json()
  expect(checks[0]).toMatchObject({
    name: 'postgresql',
    status: 'down',
    detail: expect.stringMatching(PENDING),
  })

  const worker = spawn(process.execPath, ['--import', 'tsx', 'workers/main.ts'], {
    cwd: root,
    env: { ...process.env, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = text(worker.stderr)
  expect((await once(worker, 'exit'))[0]).toBe(1)
  expect(await said).toContain('The database is not up to date: 2 migrations are pending')
})
