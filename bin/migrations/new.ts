import fs from 'node:fs'
import path from 'node:path'
import { diff } from '@/lib/db/schema-engine'
import { withDatabase } from '../cli/database'
import { readEnvironment } from '../launcher/environment'
import { Refusal } from '../refusal'
import { root } from '../setup/root.mjs'

const FOLDER = path.join(root, 'prisma/migrations')
const SCHEMA = path.join(root, 'prisma/schema.prisma')
/** The schema that the last migration led to. */
const MIGRATED = path.join(root, 'prisma/migrated.prisma')
const EMPTY = '-- This is an empty migration.'

/**
 * Writes the migration from the schema the last one led to, to the present one.
 * @returns the exit code
 * @throws {Refusal} without a usable name, or when nothing has changed
 */
export async function newMigration(name: string | undefined): Promise<number> {
  if (!name || !/^[a-z0-9_]+$/.test(name)) {
    throw new Refusal('Name the migration, in a-z, 0-9 and _: npm run migration:new -- add_tags')
  }
  const schema = fs.readFileSync(SCHEMA, 'utf8')
  const before = fs.readFileSync(MIGRATED, 'utf8')
  const sql = await withDatabase(readEnvironment(root), (url) =>
    diff({ connectionString: url }, before, schema),
  )
  if (sql.trim() === EMPTY)
    throw new Refusal('The schema has not changed since the last migration.')
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = path.join(FOLDER, `${time}_${name}`)
  fs.mkdirSync(folder)
  fs.writeFileSync(path.join(folder, 'migration.sql'), sql)
  fs.writeFileSync(MIGRATED, schema)
  console.log(`Wrote ${path.relative(root, folder)}/migration.sql: read it before you commit it.`)
  return 0
}
