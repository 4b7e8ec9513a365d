import { CHANGES_CHANNEL } from '@/lib/db/announce'
import { pool } from '@/lib/db/pool'
import { repairsOf } from '@/lib/metrics/repairs'
import { endedColumns, noteOf } from '../endings/note'
import { hasStatus } from '../status'

/** Deaths nobody can explain that a job may have been there at; from then on they are charged to it. */
const BENEFIT_OF_DOUBT = 3

/** Jobs recovered at once; the rest a few seconds later. */
const BATCH = 200

/** SQL: the job that `worker` runs when it is one alone, else null. */
export const ONLY_JOB = `(
  SELECT (array_agg(held.id))[1] FROM (
    SELECT id FROM "Job" job WHERE ${hasStatus('ACTIVE')} AND "workerId" = worker.id LIMIT 2) held
  HAVING count(*) = 1)`

/**
 * Attempts that no living worker holds are lost: their jobs run again at once, or end when their
 * attempts are spent or somebody wanted them canceled. Only what ended the worker pays with an attempt:
 * the job the process named, or the only one it ran. Where nobody knows, all it ran are suspects;
 * one that is so twice runs in a process of its own (`runtime/apart.ts`), where it is found out.
 */
const RECOVER = `
WITH lost AS (
  SELECT job.id, job.attempt, job."maxAttempts", job."cancelRequestedAt", worker.host, worker.pid, worker.crash, CASE
      WHEN worker."crashedBy" = job.id THEN 'guilty'
      WHEN worker."crashedBy" IS NOT NULL THEN 'innocent'
      WHEN worker."stoppedAt" IS NOT NULL AND worker."lostAt" IS NULL THEN 'innocent'
      WHEN job.crashes >= ${BENEFIT_OF_DOUBT} THEN 'guilty'
      ELSE 'suspect'
    END AS part
  FROM "Job" job LEFT JOIN "Worker" worker ON worker.id = job."workerId"
  WHERE ${hasStatus('ACTIVE')} AND (worker.id IS NULL OR worker."stoppedAt" IS NOT NULL)
  ORDER BY job.id
  LIMIT ${BATCH}
  FOR UPDATE OF job SKIP LOCKED
), orphan AS (
  SELECT id, attempt, part,
    CASE
      WHEN "cancelRequestedAt" IS NOT NULL THEN 'CANCELED'
      WHEN part = 'guilty' AND attempt >= "maxAttempts" THEN 'FAILED'
      ELSE 'RETRYING'
    END AS status,
    CASE WHEN part = 'innocent' THEN 0 WHEN crash IS NOT NULL AND part = 'guilty' THEN 2 ELSE 1 END AS crashes,
    jsonb_build_object('name', 'WorkerLost', 'code', 'worker_lost', 'message',
      'The worker' || COALESCE(' on ' || host || ' (process ' || pid || ')', '')
      || ' stopped while it ran this attempt' || CASE part
        WHEN 'guilty' THEN COALESCE(': ' || crash, '.')
        WHEN 'suspect' THEN ' and others: it does not count.'
        ELSE ', for another reason: it does not count.' END) AS error
  FROM lost
), recovered AS (
  UPDATE "Job" job SET
    status = orphan.status::"JobStatus",
    "claimToken" = NULL, "workerId" = NULL,
    "maxAttempts" = job."maxAttempts" + (orphan.part <> 'guilty')::int,
    crashes = job.crashes + orphan.crashes,
    error = CASE WHEN orphan.status = 'CANCELED' THEN job.error ELSE orphan.error END,
    "finishedAt" = CASE WHEN orphan.status = 'RETRYING' THEN NULL ELSE now() END,
    "nextAttemptAt" = CASE WHEN orphan.status = 'RETRYING' THEN now() END
  FROM orphan WHERE job.id = orphan.id
  RETURNING ${endedColumns}, job.priority, job.turn
), attempted AS (
  UPDATE "Attempt" attempt SET outcome = 'LOST', error = orphan.error, "finishedAt" = now()
  FROM orphan
  WHERE attempt."jobId" = orphan.id AND attempt.number = orphan.attempt AND attempt.outcome IS NULL
), pending AS (
  INSERT INTO "PendingDispatch" ("jobId", priority, turn)
  SELECT id, priority, turn FROM recovered WHERE status = 'RETRYING' ON CONFLICT DO NOTHING
), logged AS (
  INSERT INTO "JobLog" ("jobId", attempt, level, message)
  SELECT id, attempt, 'ERROR', error ->> 'message' FROM orphan
), noted AS (
  ${noteOf('SELECT * FROM recovered')}
), repaired AS (
  ${repairsOf('worker_lost', 'SELECT count(*) FROM recovered')}
), announced AS (
  SELECT pg_notify('${CHANGES_CHANNEL}', string_agg(id::text, ',')) FROM recovered HAVING count(*) > 0
)
SELECT (SELECT count(*) FROM announced), (SELECT count(*)::int FROM recovered) AS recovered
`

/** Gives jobs of workers that stopped their next attempt, or ends them. @returns how many */
export async function recoverJobs(): Promise<number> {
  const { rows } = await pool().query<{ recovered: number }>(RECOVER)
  return rows[0]?.recovered ?? 0
}
