import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** The run's PostgreSQL server: set before the test processes start, which inherit it. */
export const SERVER_VARIABLE = 'MILLRACE_TEST_POSTGRES'
export const TEMPLATE = 'template_millrace'

export type TestDatabase = { url: string; drop(): Promise<void> }

/**
 * A database of the caller's own, with the present schema and no rows.
 * `drop` disconnects whoever still uses it.
 */
export function createDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${TEMPLATE}`)
}

/** A database without anything in it. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create('TEMPLATE template0')
}

/** Where a database of the run's server is. */
export function databaseUrl(name: string): string {
  const server = process.env[SERVER_VARIABLE]
  if (!server) throw new Error('Run this through vitest: its global set-up starts PostgreSQL')
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function create(source: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await execute(`CREATE DATABASE ${name} ${source}`)
  return {
    url: databaseUrl(name),
    drop: () => execute(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

async function execute(statement: string): Promise<void> {
  const client = new pg.Client(databaseUrl('millrace'))
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
