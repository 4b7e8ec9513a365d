import { CHANGES_CHANNEL } from '@/lib/db/announce'
import { pool } from '@/lib/db/pool'
import { LONGEST_FIRST, PAUSES_OF_JOB } from '../pauses/pause'

/**
 * Takes paused jobs out of their line until their pause is over (`release.ts`). The row in
 * `PendingDispatch` is there before the queue's entry goes, so that a worker that dies in between
 * leaves both. The lock keeps what is canceled or removed meanwhile from leaving a row behind.
 */
const HOLD = `
WITH paused AS (
  SELECT job.id, job.priority, job.turn, (SELECT pause.id ${PAUSES_OF_JOB} ${LONGEST_FIRST} LIMIT 1) AS "heldBy"
  FROM "Job" job
  WHERE job.id = ANY($1::uuid[]) AND job.status IN ('SCHEDULED', 'QUEUED', 'RETRYING')
    AND job."cancelRequestedAt" IS NULL AND EXISTS (SELECT 1 ${PAUSES_OF_JOB})
  ORDER BY job.id FOR UPDATE OF job
), held AS (
  UPDATE "Job" job SET turn = 0 FROM paused WHERE job.id = paused.id RETURNING job.id
), pending AS (
  INSERT INTO "PendingDispatch" ("jobId", priority, turn, "heldBy")
  SELECT id, priority, turn, "heldBy" FROM paused
  ON CONFLICT ("jobId") DO UPDATE SET "heldBy" = excluded."heldBy"
), announced AS (
  SELECT pg_notify('${CHANGES_CHANNEL}', string_agg(id::text, ',')) FROM held HAVING count(*) > 0
)
SELECT id, (SELECT count(*) FROM announced) FROM held
`

/**
 * Holds those of the jobs that wait and that a pause keeps from starting.
 * @param ids at most a flush
 * @returns the ids of those: their entries in the queue mean nothing any more
 */
export async function holdJobs(ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await pool().query<{ id: string }>(HOLD, [ids])
  return new Set(rows.map(({ id }) => id))
}
