import { expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { queue } from '@/lib/queue/backend'
import { handOver } from '@/lib/queue/hand-over'
import { recordJobs } from '@/test/support/many-jobs'
import { ownDatabase } from '@/test/support/own-database'
import { readEntries } from '@/workers/supervisor/outstanding'

ownDatabase()

const ADDING = `
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND state = 'active' AND query LIKE '%add_jobs_bulk%'
  AND pid <> pg_backend_pid()
`

test('a queue that could not be met takes jobs once it can [C5.17]', async () => {
  const entries = await readEntries(await recordJobs(2))
  await pool().query('ALTER SCHEMA bullmq RENAME TO away')
  expect((await handOver(entries)).taken).toEqual([])
  await pool().query('ALTER SCHEMA away RENAME TO bullmq')
  expect((await handOver(entries)).taken).toHaveLength(2)
})

test('a hand-over that PostgreSQL does not make in time is broken off: nothing of it goes on [C5.17]', async () => {
  await queue('probe')
  const entries = await readEntries(await recordJobs(2))
  const client = await pool().connect()
  await client.query('BEGIN; LOCK TABLE bullmq.job')
  const { taken, failure } = await handOver(entries)
  expect(taken).toEqual([])
  expect(failure).toBeInstanceOf(Error)
  expect((await pool().query(ADDING)).rowCount).toBe(0)
  await client.query('ROLLBACK')
  client.release()
  expect((await handOver(entries)).taken).toHaveLength(2)
})
