import { fileURLToPath } from 'node:url'
import { runMigrations } from 'bullmq'
import pg from 'pg'
import { applyMigrations } from './schema-engine'

/** Any number, the same in every process that migrates. */
const LOCK = 7_221_031_905
const CONNECT_TIMEOUT_MS = 10_000
const LOCK_TIMEOUT_MS = 60_000
/** A migration that rewrites a big table takes its time; one that hangs must not hang for ever. */
const STATEMENT_TIMEOUT_MS = 15 * 60_000
const QUEUE_SCHEMA = 'bullmq'

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** What `migrate` did. */
export type MigrationResult = {
  /** Names of the application's migrations that were not applied before. */
  applied: string[]
  /** The version of BullMQ's own tables. */
  queueSchema: number
}

/** The database could not be brought up to date. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/**
 * Brings the database up to date: the application's tables by Prisma's migrations, BullMQ's by its
 * own. Processes that start together take turns; on a database that is up to date nothing changes.
 * @throws {MigrationError} with the step that failed and its reason
 */
export async function migrate(
  databaseUrl: string,
  folder: string = MIGRATIONS,
): Promise<MigrationResult> {
  const connection: pg.ClientConfig = {
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    application_name: 'millrace-migrate',
  }
  const client = new pg.Client(connection)
  // A connection that breaks is reported by the query it breaks.
  client.on('error', () => undefined)
  try {
    await step('connect to the database', () => client.connect())
    await step('wait for another process that migrates', () => lock(client))
    const applied = await step('apply the migrations', () => applyMigrations(connection, folder))
    const queueSchema = await step("create the queues' tables", () =>
      runMigrations(client, QUEUE_SCHEMA),
    )
    return { applied, queueSchema }
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Held until the session ends, so a killed process leaves no lock. */
async function lock(client: pg.Client): Promise<void> {
  await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`)
  await client.query('SELECT pg_advisory_lock($1)', [LOCK])
  await client.query('SET lock_timeout = 0')
}

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new MigrationError(`Could not ${name}: ${words(error)}`, { cause: error })
  }
}

function words(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return words(error.errors[0])
  const message = error instanceof Error ? error.message : String(error)
  const text = message.replace(/\s+/g, ' ').trim()
  // The engine adds where in its own sources it happened; of that only the migration's name helps.
  const name = /migration_name="([^"]+)"/.exec(text)?.[1]
  const cause = text.split(' 0: ')[0]?.replace(/^external connector error /, '')
  return name ? `${name}: ${cause}` : text
}
