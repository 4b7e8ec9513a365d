import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { migrate } from '@/lib/db/migrate'
import { diff } from '@/lib/db/schema-engine'
import { catalog } from '@/test/support/catalog'
import { createDatabase, createEmptyDatabase, type TestDatabase } from '@/test/support/postgres'

const root = path.resolve(import.meta.dirname, '../..')
const migrations = path.join(root, 'prisma/migrations')
const open: TestDatabase[] = []

async function database(kind: 'migrated' | 'empty'): Promise<string> {
  const created = await (kind === 'migrated' ? createDatabase() : createEmptyDatabase())
  open.push(created)
  return created.url
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.drop()))
})

describe('migrations', () => {
  test('lead to exactly the schema that the Prisma schema describes', async () => {
    const [migrated, described] = await Promise.all([database('migrated'), database('empty')])
    const schema = fs.readFileSync(path.join(root, 'prisma/schema.prisma'), 'utf8')
    await query(described, 'CREATE EXTENSION pg_trgm')
    await query(described, await diff({ connectionString: described }, undefined, schema))
    // A Prisma schema has no relation without one, and a trigger does their work.
    await query(described, 'ALTER TABLE "Attempt" DROP CONSTRAINT "Attempt_jobId_fkey"')
    await query(described, 'ALTER TABLE "JobFacts" DROP CONSTRAINT "JobFacts_jobId_fkey"')

    const expected = await catalog(described)
    expect(expected.columns.length).toBeGreaterThan(100)
    expect(await catalog(migrated)).toEqual(expected)
  })

  test('have beside them the schema they lead to, which the next migration starts from', () => {
    const kept = fs.readFileSync(path.join(root, 'prisma/migrated.prisma'), 'utf8')
    expect(kept).toBe(fs.readFileSync(path.join(root, 'prisma/schema.prisma'), 'utf8'))
  })

  test("make BullMQ's tables too, and change nothing the second time", async () => {
    const url = await database('empty')
    const first = await migrate(url)
    const second = await migrate(url)

    expect(first.applied.length).toBeGreaterThan(0)
    expect(second).toEqual({ applied: [], queueSchema: first.queueSchema })
    expect(await query(url, "SELECT to_regclass('bullmq.migration') AS found")).toEqual([
      { found: 'bullmq.migration' },
    ])
  })

  test('are applied once when several processes start together', async () => {
    const url = await database('empty')
    const results = await Promise.all([migrate(url), migrate(url), migrate(url)])

    expect(results.filter((result) => result.applied.length > 0)).toHaveLength(1)
    const names = fs.readdirSync(migrations).filter((name) => /^\d/.test(name))
    expect(await query(url, 'SELECT count(*)::int AS rows FROM _prisma_migrations')).toEqual([
      { rows: names.length },
    ])
  })

  test('that fail say which one and why, and stay on record', async () => {
    const url = await database('empty')
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-migrations-'))
    fs.mkdirSync(path.join(folder, '20300101000000_broken'))
    fs.copyFileSync(
      path.join(migrations, 'migration_lock.toml'),
      path.join(folder, 'migration_lock.toml'),
    )
    fs.writeFileSync(
      path.join(folder, '20300101000000_broken/migration.sql'),
      'ALTER TABLE missing ADD COLUMN a int;',
    )

    await expect(migrate(url, folder)).rejects.toThrow(
      'Could not apply the migrations: 20300101000000_broken: No such table: missing',
    )
    await expect(migrate(url, folder)).rejects.toThrow(/Could not apply the migrations/)
    fs.rmSync(folder, { recursive: true })
  })

  test('say so when there is no server, without waiting for ever', async () => {
    await expect(migrate('postgresql://nobody:secret@127.0.0.1:1/none')).rejects.toThrow(
      /^Could not connect to the database: connect ECONNREFUSED 127.0.0.1:1$/,
    )
  })
})
