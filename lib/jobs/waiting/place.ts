import type { Job } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import type { EntryState } from '@/lib/queue/inspect'
import { entriesBefore, entryStates, rateLimitedForMs } from '@/lib/queue/inspect'
import type { RateLimit } from '@/lib/queue/settings'
import { withTimeLimit } from '@/lib/time/limit'

/** Jobs before another are counted up to this; one more stands for any number above. */
export const BEFORE_UP_TO = 1_000

/** A queue that has not answered by then counts as away, in milliseconds. */
const LIMIT_MS = 1_000

/** Where a job stands in its queue. */
export type Place = {
  state: EntryState
  /** Jobs that the queue serves before it. */
  before: number
  /** Those of them that are not its owner's. */
  others: number
  /** Milliseconds for which the queue starts nothing, because it has started as many as it may. */
  limitedForMs: number
  /** The job has not begun, or ended, while its queue was asked. */
  stillWaits: boolean
}

/** Entries of jobs that have ended are passed over in no time, and count for nothing. */
const COUNT = `
SELECT count(*)::int AS before,
  count(*) FILTER (WHERE "ownerId" IS DISTINCT FROM $2::uuid)::int AS others,
  EXISTS (SELECT 1 FROM "Job"
    WHERE id = $3::uuid AND status IN ('SCHEDULED', 'QUEUED', 'RETRYING')) AS "stillWaits"
FROM "Job" WHERE id = ANY($1::uuid[]) AND "endedAs" IS NULL
`

type Counted = Pick<Place, 'before' | 'others' | 'stillWaits'>

/** Asks a job's queue where the job stands; undefined when the queue does not answer. */
export async function readPlace(
  job: Job,
  limit: RateLimit | undefined,
): Promise<Place | undefined> {
  const asked = await withTimeLimit(LIMIT_MS, () => ask(job, limit)).catch(() => undefined)
  if (!asked) return undefined
  const { rows } = await pool().query<Counted>(COUNT, [asked.ids, job.ownerId, job.id])
  const counted = rows[0] ?? { before: 0, others: 0, stillWaits: false }
  return { state: asked.state, limitedForMs: asked.limitedForMs, ...counted }
}

async function ask({ id, queue }: Job, limit: RateLimit | undefined) {
  const [states, ids, limitedForMs] = await Promise.all([
    entryStates(queue, [id]),
    entriesBefore(queue, id, BEFORE_UP_TO + 1),
    limit ? rateLimitedForMs(queue, limit) : 0,
  ])
  return { state: states.get(id) ?? 'absent', ids, limitedForMs }
}
