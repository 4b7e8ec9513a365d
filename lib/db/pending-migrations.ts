import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { pool } from './pool'

const UNDEFINED_TABLE = '42P01'

let known: string[] | undefined

/** The migrations of this version, by name; none where its folder is not there. */
function migrations(): string[] {
  const folder = path.join(process.cwd(), 'prisma/migrations')
  known ??= fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : []
  return known
}

/**
 * What a database lacks that this version needs, in a sentence that says what to do; undefined where it
 * lacks nothing. Migrations of newer versions do no harm.
 * @throws what PostgreSQL throws
 */
export async function migrationsMissing(): Promise<string | undefined> {
  const applied = await appliedMigrations()
  const missing = migrations().filter((name) => !applied.has(name))
  if (missing.length === 0) return undefined
  const count = missing.length === 1 ? '1 migration is' : `${missing.length} migrations are`
  return `${count} pending, ${missing[0]} first: run npm run -s cli -- migrate`
}

async function appliedMigrations(): Promise<Set<string>> {
  try {
    const { rows } = await pool().query<{ name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL',
    )
    return new Set(rows.map(({ name }) => name))
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return new Set()
    throw error
  }
}
