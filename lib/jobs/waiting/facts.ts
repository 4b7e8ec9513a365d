import type { Job, Pause } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { endedPerMinute } from '@/lib/metrics/pace'
import { knows, TAKING_WORKERS } from '@/lib/queue/serving'
import { type QueueSettings, queueSettings } from '@/lib/queue/settings'
import { pauseOf } from '../pauses/pause'

/** What the records say about a job that waits. */
export type Facts = Recorded & {
  settings: QueueSettings
  /** What keeps jobs like it from starting. */
  pause: Pause | undefined
  /** Jobs of its queue that end per minute; null when none did of late. */
  perMinute: number | null
}

type Recorded = {
  /** The database's time. */
  at: Date
  /** Nobody has handed it to its queue yet. */
  pending: boolean
  /** A running worker takes jobs of its queue. */
  served: boolean
  /** One of those can run this one. */
  known: boolean
}

const RECORDED = `
WITH job AS (
  SELECT $2::text AS queue, $3::text AS type, $4::int AS "inputVersion"
), taking AS (
  SELECT worker.types FROM (${TAKING_WORKERS}) AS worker, job WHERE job.queue = ANY (worker.queues)
)
SELECT now() AS at,
  EXISTS (SELECT 1 FROM "PendingDispatch" WHERE "jobId" = $1::uuid) AS pending,
  EXISTS (SELECT 1 FROM taking) AS served,
  EXISTS (SELECT 1 FROM taking, job WHERE ${knows('taking', 'job')}) AS known
`

/** Reads what may hold up a job; its pause only where the caller has not asked for it. */
export async function readFacts(job: Job, pausing = pauseOf(job)): Promise<Facts> {
  const { id, queue, type, inputVersion } = job
  const [{ rows }, settings, pause, perMinute] = await Promise.all([
    pool().query<Recorded>(RECORDED, [id, queue, type, inputVersion]),
    queueSettings(queue),
    pausing,
    endedPerMinute(queue),
  ])
  const [recorded] = rows
  if (!recorded) throw new Error('PostgreSQL answered a SELECT without FROM with no row')
  return { ...recorded, settings, pause, perMinute }
}
