import fs from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const resolve = createRequire(import.meta.url).resolve
const NO_FILTERS = { externalTables: [], externalEnums: [] }

let loaded: Promise<void> | undefined

declare global {
  /** The engine hands its last words here before it stops. */
  var PRISMA_WASM_PANIC_REGISTRY: { set_message(message: string): void } | undefined
}

/**
 * Runs `work` with Prisma's official schema engine, in WebAssembly: a closed network cannot download
 * its binary. One connection, closed at the end: the engine's lock lives as long as its session.
 */
async function withEngine<T>(
  connection: pg.ClientConfig,
  datamodel: string | undefined,
  work: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load()
  await loaded
  const pool = new pg.Pool({ ...connection, max: 1 })
  pool.on('error', () => undefined)
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(new PrismaPg(pool)))
    const datamodels: [string, string][] | undefined = datamodel
      ? [['schema.prisma', datamodel]]
      : undefined
    const engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, adapter)
    try {
      return await work(engine)
    } finally {
      engine.free()
    }
  } finally {
    await pool.end()
  }
}

/**
 * The adapter cuts a script at each semicolon, also within a function's body. PostgreSQL takes a
 * script as it is, and undoes all of it when a part fails.
 */
function wholeScripts(factory: PrismaPg): PrismaPg {
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] })
    }
    return adapter
  }
  return factory
}

async function load(): Promise<void> {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      throw new Error(`The schema engine stopped: ${message}`)
    },
  }
  const entry = resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const file = await fs.readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(file, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}

/**
 * Applies every migration of `folder` that the database's ledger (`_prisma_migrations`) lacks.
 * @returns the names of those it applied
 * @throws {Error} naming the migration that failed, with PostgreSQL's own words
 */
export async function applyMigrations(
  connection: pg.ClientConfig,
  folder: string,
): Promise<string[]> {
  const input = { migrationsList: await readMigrations(folder), filters: NO_FILTERS }
  return withEngine(connection, undefined, async (engine) => {
    return (await engine.applyMigrations(input)).appliedMigrationNames
  })
}

/**
 * The SQL that turns a database of schema `from` into one of schema `to`; both are the text of a
 * Prisma schema, and `from` undefined is the empty database. The engine wants to reach a server for
 * this (its version decides what SQL is possible) but changes nothing there.
 */
export async function diff(
  connection: pg.ClientConfig,
  from: string | undefined,
  to: string,
): Promise<string> {
  const file = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content }],
  })
  const params: bindings.DiffParams = {
    from: from === undefined ? { tag: 'empty' } : file(from),
    to: file(to),
    script: true,
    exitCode: null,
    filters: NO_FILTERS,
  }
  return withEngine(connection, to, async (engine) => (await engine.diff(params)).stdout ?? '')
}

async function readMigrations(folder: string): Promise<bindings.MigrationList> {
  const entries = await fs.readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const directories = names.sort().map(async (name) => ({
    path: name,
    migrationFile: {
      path: 'migration.sql',
      content: {
        tag: 'ok' as const,
        value: await fs.readFile(path.join(folder, name, 'migration.sql'), 'utf8'),
      },
    },
  }))
  const lockfile = 'migration_lock.toml'
  return {
    baseDir: folder,
    lockfile: { path: lockfile, content: await fs.readFile(path.join(folder, lockfile), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(directories),
  }
}
