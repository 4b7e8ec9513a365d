import { z } from 'zod'
import { checkMail } from '@/app/_server/mail-list/check'
import { migrationsMissing } from '@/lib/db/pending-migrations'
import { pool } from '@/lib/db/pool'
import { producerClient } from '@/lib/queue/backend'
import { workersServeAnotherQueue } from '@/lib/queue/serving'
import { storage } from '@/lib/storage/storage'
import { withTimeLimit } from '@/lib/time/limit'

const checkSchema = z.object({
  name: z.enum(['postgresql', 'queue', 'storage', 'mail']),
  status: z.enum(['ok', 'down']),
  latencyMs: z.number(),
  detail: z
    .string()
    .meta({ description: 'What it is for, or what it means that it is away; never an address.' }),
})
export type Check = z.output<typeof checkSchema>

export const healthSchema = z
  .object({ status: z.enum(['ok', 'degraded', 'down']), checks: z.array(checkSchema) })
  .meta({ id: 'Health' })
export type Health = z.output<typeof healthSchema>

/** Longest wait for one dependency, in milliseconds. */
const LIMIT_MS = 2_000
/** Answers this young are given again, in milliseconds. */
const FRESH_MS = 1_000

let latest: { at: number; health: Promise<Health> } | undefined

/** How the dependencies are. Without PostgreSQL the app is down; without the others it still takes jobs. */
export function health(): Promise<Health> {
  if (!latest || Date.now() - latest.at > FRESH_MS) latest = { at: Date.now(), health: examine() }
  return latest.health
}

async function examine(): Promise<Health> {
  const redis = producerClient()
  const checks = await Promise.all([
    check('postgresql', 'Holds the records', askRecords),
    check('queue', redis ? 'Redis carries the work' : 'PostgreSQL carries the work', askQueue),
    check('storage', 'Holds the files', () => storage().check()),
    check('mail', 'Takes mail', checkMail),
  ])
  const down = checks.filter(({ status }) => status === 'down').map(({ name }) => name)
  const status = down.includes('postgresql') ? 'down' : down.length > 0 ? 'degraded' : 'ok'
  return { status, checks }
}

/** It answers, and has the tables of this version. */
async function askRecords(): Promise<void> {
  const missing = await migrationsMissing()
  if (missing) throw new Explained(missing)
}

/** It answers, and the workers take their jobs from it. */
async function askQueue(): Promise<void> {
  const redis = producerClient()
  await (redis ? redis.ping() : pool().query('SELECT 1'))
  // Where PostgreSQL is away nobody can tell; that has a line of its own.
  if (await workersServeAnotherQueue().catch(() => false)) {
    throw new Explained(
      'The workers take their jobs from another queue: give all the same REDIS_URL',
    )
  }
}

/** What is wrong, in words for everybody. */
class Explained extends Error {}

async function check(
  name: Check['name'],
  detail: string,
  work: () => Promise<unknown>,
): Promise<Check> {
  const started = performance.now()
  const latencyMs = () => Math.round((performance.now() - started) * 10) / 10
  try {
    await withTimeLimit(LIMIT_MS, work)
    return { name, status: 'ok', latencyMs: latencyMs(), detail }
  } catch (error) {
    const why = error instanceof Explained ? error.message : 'Does not answer'
    return { name, status: 'down', latencyMs: latencyMs(), detail: why }
  }
}
