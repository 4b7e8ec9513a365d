import { statfs } from 'node:fs/promises'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { config } from '@/lib/config/config'
import { pool } from '@/lib/db/pool'
import { formatBytes } from '@/lib/format/bytes'
import { producerClient } from '@/lib/queue/backend'
import { tellRedis } from '@/lib/queue/redis-health'
import { storage } from '@/lib/storage/storage'
import { type Check, health } from './checks'

/** A dependency as an admin sees it. */
export type Dependency = {
  name: string
  status: Check['status']
  latencyMs: number
  /** Short facts, e.g. `AOF on`. */
  facts: string[]
  /** What would lose or refuse jobs, in a sentence. */
  warnings: string[]
}

type Told = Pick<Dependency, 'facts' | 'warnings'>

const labels: Record<Check['name'], string> = {
  postgresql: 'PostgreSQL',
  queue: 'Queues',
  storage: 'Storage',
  mail: 'Mail',
}

/** Below this much free space uploads will soon fail, in bytes. */
const LITTLE_SPACE = 1024 ** 3

/** How PostgreSQL, the queues, mail and storage are, with what an operator wants to know of each. */
export async function dependencies(admin: Viewer): Promise<Dependency[]> {
  requireAdminViewer(admin)
  const { checks } = await health()
  return Promise.all(
    checks.map(async ({ name, status, latencyMs, detail }) => {
      const told = status === 'ok' ? await tell(name) : { facts: [detail], warnings: [] }
      return { name: labels[name], status, latencyMs, ...told }
    }),
  )
}

async function tell(name: Check['name']): Promise<Told> {
  try {
    return await tellers[name]()
  } catch {
    return { facts: [], warnings: [] }
  }
}

const tellers: Record<Check['name'], () => Promise<Told>> = {
  postgresql: tellPostgres,
  queue: tellQueue,
  storage: tellStorage,
  mail: async () => ({
    facts: [config().mail.smtpUrl ? 'SMTP server' : 'Kept in the outbox'],
    warnings: [],
  }),
}

async function tellPostgres(): Promise<Told> {
  const { rows } = await pool().query<{ version: string; bytes: string; connections: number }>(
    `SELECT current_setting('server_version') AS version,
      pg_database_size(current_database())::text AS bytes,
      (SELECT numbackends FROM pg_stat_database WHERE datname = current_database()) AS connections`,
  )
  const row = rows[0]
  if (!row) return { facts: [], warnings: [] }
  const version = row.version.split(' ')[0]
  const facts = [`${version}`, formatBytes(Number(row.bytes)), `${row.connections} connections`]
  return { facts, warnings: [] }
}

async function tellQueue(): Promise<Told> {
  const redis = producerClient()
  return redis ? tellRedis(redis) : { facts: ['In PostgreSQL'], warnings: [] }
}

async function tellStorage(): Promise<Told> {
  const facts = [storage().place]
  if (config().s3) return { facts, warnings: [] }
  const { bavail, bsize } = await statfs(config().dataDir)
  const free = bavail * bsize
  return {
    facts: [...facts, `${formatBytes(free)} free`],
    warnings: free < LITTLE_SPACE ? ['The disk is almost full.'] : [],
  }
}
