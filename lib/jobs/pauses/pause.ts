import type { Job, Pause } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'

// An admin lets jobs of a type, of a person, or with a tag, rest: none of them starts until the pause is
// over. A worker that meets one holds it (`transitions/hold.ts`), and it leaves its queue.

/** SQL: the pause of the row `pause` of "Pause" is not over. */
export const IN_FORCE = `(pause.until IS NULL OR pause.until > now())`

/** SQL: the pauses that keep the row `job` of "Job" from starting, from FROM on. */
export const PAUSES_OF_JOB = `FROM "Pause" pause WHERE ${IN_FORCE}
  AND (pause.type IS NULL OR pause.type = job.type)
  AND (pause."ownerId" IS NULL OR pause."ownerId" = job."ownerId")
  AND (pause.tag IS NULL OR pause.tag = ANY(job.tags))`

/** SQL: of several pauses, the one that lasts longest first. */
export const LONGEST_FIRST = `ORDER BY pause.until DESC NULLS FIRST, pause.id`

/**
 * SQL: pauses that are over, or gone, and still hold jobs. However many jobs are held, it looks at one
 * for each pause.
 */
export const ENDED_PAUSES = `
WITH RECURSIVE holder AS (
  (SELECT "heldBy" AS id FROM "PendingDispatch" WHERE "heldBy" IS NOT NULL ORDER BY "heldBy" LIMIT 1)
  UNION ALL
  SELECT (SELECT "heldBy" FROM "PendingDispatch" WHERE "heldBy" > holder.id ORDER BY "heldBy" LIMIT 1)
  FROM holder WHERE holder.id IS NOT NULL
)
SELECT id FROM holder
WHERE id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "Pause" pause WHERE pause.id = holder.id AND ${IN_FORCE})
`

/** What a pause goes by. */
export type Pausable = Pick<Job, 'type' | 'ownerId' | 'tags' | 'status' | 'runAt' | 'nextAttemptAt'>

/** The pauses that are not over, of whatever jobs; the one that lasts longest first. */
export async function pausesInForce(): Promise<Pause[]> {
  const { rows } = await pool().query<Pause>(
    `SELECT * FROM "Pause" pause WHERE ${IN_FORCE} ${LONGEST_FIRST}`,
  )
  return rows
}

/** The pause that keeps a job from starting now, or will once its time comes; undefined: there is none. */
export async function pauseOf(job: Pausable): Promise<Pause | undefined> {
  return firstOf(await pausesInForce(), job)
}

/** The same, of pauses that were read: for lists. */
export function firstOf(pauses: readonly Pause[], job: Pausable): Pause | undefined {
  const { type, ownerId, tags, status, runAt, nextAttemptAt } = job
  if (status !== 'QUEUED' && status !== 'SCHEDULED' && status !== 'RETRYING') return undefined
  const due = nextAttemptAt ?? runAt
  return pauses.find(
    (pause) =>
      (pause.until === null || pause.until > due) &&
      (pause.type === null || pause.type === type) &&
      (pause.ownerId === null || pause.ownerId === ownerId) &&
      (pause.tag === null || tags.includes(pause.tag)),
  )
}
