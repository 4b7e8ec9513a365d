import { v7 as uuidv7 } from 'uuid'
import { pool } from '@/lib/db/pool'
import { CHANGES_CHANNEL } from '@/lib/jobs/announce'
import { endingsOf, timeColumns } from '@/lib/metrics/endings'
import { repairsOf } from '@/lib/metrics/repairs'
import { noticeOf } from '@/lib/notifications/notice'
import { eventColumns, eventsOf } from '@/lib/webhooks/job-events'
import { HEARTBEAT_MS } from '../runtime/heartbeat'

/** A worker that missed three heartbeats counts as dead. */
const DEAD_AFTER_MS = 3 * HEARTBEAT_MS + 1_000

/** Jobs recovered at once; the rest a few seconds later. */
const BATCH = 200

/** Workers that stopped answering are marked so once. */
const MARK_DEAD = `
UPDATE "Worker" SET "stoppedAt" = now(), "lostAt" = now(), running = 0
WHERE "stoppedAt" IS NULL AND "heartbeatAt" < now() - $1 * interval '1 millisecond'
RETURNING id
`

/**
 * Attempts that no living worker holds are lost: their jobs run again at once, or end when their
 * attempts are spent or somebody wanted them canceled.
 */
const RECOVER = `
WITH orphan AS (
  SELECT job.id, job.attempt, job."ownerId", job."batchId", job.title, job.tags,
    CASE
      WHEN job."cancelRequestedAt" IS NOT NULL THEN 'CANCELED'
      WHEN job.attempt >= job."maxAttempts" THEN 'FAILED'
      ELSE 'RETRYING'
    END AS status,
    jsonb_build_object('name', 'WorkerLost', 'code', 'worker_lost', 'message',
      'The worker' || COALESCE(' on ' || worker.host || ' (process ' || worker.pid || ')', '')
      || ' stopped while it ran this attempt.') AS error
  FROM "Job" job LEFT JOIN "Worker" worker ON worker.id = job."workerId"
  WHERE job.status = 'ACTIVE' AND (worker.id IS NULL OR worker."stoppedAt" IS NOT NULL)
  ORDER BY job.id
  LIMIT ${BATCH}
  FOR UPDATE OF job SKIP LOCKED
), recovered AS (
  UPDATE "Job" job SET
    status = orphan.status::"JobStatus",
    "claimToken" = NULL, "workerId" = NULL, "dispatchedAt" = NULL,
    error = CASE WHEN orphan.status = 'CANCELED' THEN job.error ELSE orphan.error END,
    "finishedAt" = CASE WHEN orphan.status = 'RETRYING' THEN NULL ELSE now() END,
    "nextAttemptAt" = CASE WHEN orphan.status = 'RETRYING' THEN now() END
  FROM orphan WHERE job.id = orphan.id
  RETURNING ${eventColumns}, ${timeColumns}, job.error
), noted AS (
  UPDATE "Attempt" attempt SET outcome = 'LOST', error = orphan.error, "finishedAt" = now()
  FROM orphan
  WHERE attempt."jobId" = orphan.id AND attempt.number = orphan.attempt AND attempt.outcome IS NULL
), logged AS (
  INSERT INTO "JobLog" ("jobId", attempt, level, message)
  SELECT id, attempt, 'ERROR', error ->> 'message' FROM orphan
), told AS (
  ${noticeOf(`SELECT ($1::uuid[])[row_number() OVER ()] AS id, orphan.id AS "jobId", orphan."ownerId",
    orphan."batchId", orphan.title, orphan.tags, 'JOB_FAILED' AS kind, orphan.error ->> 'message' AS message
  FROM orphan WHERE orphan.status = 'FAILED'`)}
), published AS (
  ${eventsOf('SELECT * FROM recovered')}
), counted AS (
  ${endingsOf('SELECT * FROM recovered')}
), repaired AS (
  ${repairsOf('worker_lost', 'SELECT count(*) FROM recovered')}
), announced AS (
  SELECT pg_notify('${CHANGES_CHANNEL}', string_agg(id::text, ',')) FROM recovered HAVING count(*) > 0
)
SELECT (SELECT count(*) FROM announced), (SELECT count(*)::int FROM recovered) AS recovered
`

/**
 * Finds workers that died and gives their jobs their next attempt. While PostgreSQL was away no
 * worker could say that it lives: once it answers again, each has the time to do so first.
 * @param now milliseconds of a clock that only goes forward
 * @returns a function that searches once, and answers how many jobs were recovered
 */
export function createOrphanSearch(now = () => performance.now()): () => Promise<number> {
  let answeringSince: number | undefined
  return async () => {
    try {
      answeringSince ??= now()
      if (now() - answeringSince >= DEAD_AFTER_MS) await pool().query(MARK_DEAD, [DEAD_AFTER_MS])
      const { rows } = await pool().query<{ recovered: number }>(RECOVER, [
        Array.from({ length: BATCH }, () => uuidv7()),
      ])
      return rows[0]?.recovered ?? 0
    } catch (error) {
      answeringSince = undefined
      throw error
    }
  }
}
