import type { Config } from '@/lib/config/parse'
import { closePool } from '@/lib/db/pool'
import { closeQueues } from '@/lib/queue/backend'
import { authSecret, dataDirLock, openDataDir } from '../launcher/data-dir'
import { type Database, openDatabase } from '../launcher/database'
import { runningUrl } from '../postgres/cluster'
import { waitUntil } from '../postgres/processes'
import { Refusal } from '../refusal'
import { lockHolder } from '../setup/lock.mjs'

const STARTING_LIMIT_MS = 60_000
const say = (line: string) => console.error(line)

/**
 * Runs `work` with the database reachable and named in the environment, as `lib` expects it: the
 * operator's, or that of the Millrace that runs, or an embedded server for the time it takes.
 * @throws {Refusal} when there is no database to be had
 */
export async function withDatabase<T>(
  config: Config,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const database = await find(config)
  process.env.DATABASE_URL = database.url
  process.env.AUTH_SECRET = authSecret(config.authSecret, config.dataDir)
  try {
    return await work(database.url)
  } finally {
    await closeQueues()
    await closePool()
    await database.stop()
  }
}

async function find(config: Config): Promise<Pick<Database, 'url' | 'stop'>> {
  const { databaseUrl, dataDir } = config
  if (databaseUrl) return openDatabase(config, say)
  if (lockHolder(dataDirLock(dataDir))?.role === 'start') return ofRunning(dataDir)
  const { release } = await openDataDir(dataDir, 'cli')
  try {
    const database = await openDatabase(config, say)
    const stop = () => database.stop().finally(release)
    return { url: database.url, stop }
  } catch (error) {
    release()
    throw error
  }
}

async function ofRunning(dataDir: string): Promise<Pick<Database, 'url' | 'stop'>> {
  await waitUntil(() => runningUrl(dataDir) !== undefined, STARTING_LIMIT_MS)
  const url = runningUrl(dataDir)
  if (!url) throw new Refusal('Millrace is starting but its database does not answer.')
  return { url, stop: async () => undefined }
}
