import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { inTransaction } from '@/lib/db/with-client'
import { meetQueue, POSTGRES_MARKER } from '@/lib/queue/marker'
import { LIVING_WORKERS, servesAnother } from '@/lib/queue/serving'

export type Identity = {
  workerId: string
  version: string
  queues: string[]
  /** The job types it can run, each with the newest version of its input that it knows. */
  types: Readonly<Record<string, number>>
}

/** Names this step among the database's advisory locks; any number no other lock uses. */
const LOCK = 7_242_004

/**
 * Who says so long after it was first met that it lives, and still serves another queue, will go on
 * doing so: workers of an emptied Redis have noticed by then.
 */
const SURE_AFTER_MS = 3_000
const RETRY_MS = 500

const OTHER = `
SELECT host, pid, "queueMarker" AS marker, "heartbeatAt", now() AS at
FROM (${LIVING_WORKERS}) AS living WHERE ${servesAnother('$1')}
ORDER BY "heartbeatAt" DESC LIMIT 1
`

const REGISTER = `
INSERT INTO "Worker" (id, host, pid, version, queues, "queueMarker", types)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO NOTHING
`

type Other = { host: string; pid: number; marker: string; heartbeatAt: Date; at: Date }

/** This worker would serve another queue than those that live. */
class SecondQueueError extends Error {
  override name = 'SecondQueueError'
}

/**
 * Makes the worker known, so that its attempts count as held. An installation has one queue at a time:
 * workers of two would hand the same jobs to and fro. Where workers of another queue were killed it
 * waits until they count as dead.
 * @throws {SecondQueueError} when a living worker serves another queue
 */
export async function registerWorker(identity: Identity): Promise<void> {
  let sureAt = Number.POSITIVE_INFINITY
  for (;;) {
    const marker = await meetQueue()
    const other = await registerUnless(identity, marker)
    if (!other) return
    sureAt = Math.min(sureAt, other.at.getTime() + SURE_AFTER_MS)
    if (other.heartbeatAt.getTime() >= sureAt) throw new SecondQueueError(wordsFor(other, marker))
    await pause(RETRY_MS)
  }
}

/** One after the other, so that of two that begin at the same time one sees the other. */
function registerUnless(identity: Identity, marker: string): Promise<Other | undefined> {
  const { workerId, version, queues, types } = identity
  return inTransaction(async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    const other = (await client.query<Other>(OTHER, [marker])).rows[0]
    if (other) return other
    const values = [workerId, hostname(), process.pid, version, queues, marker, types]
    await client.query(REGISTER, values)
    return undefined
  })
}

function wordsFor({ host, pid, marker }: Other, own: string): string {
  const place = (name: string) => (name === POSTGRES_MARKER ? 'PostgreSQL' : 'Redis')
  const mine = place(marker) === place(own) ? `another ${place(own)}` : place(own)
  return `The worker on ${host} (process ${pid}) takes its jobs from ${place(marker)}, this one would from ${mine}. All workers need the same queue: stop the others first, or start this one with their REDIS_URL.`
}
