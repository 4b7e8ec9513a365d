import { pool } from '@/lib/db/pool'
import { CHANGES_CHANNEL } from '@/lib/jobs/announce'
import type { Backoff } from '@/lib/jobs/definition'
import { batcher } from './batcher'

/** One arrival of a job from the queue. `token` makes its claim repeatable when an answer is lost. */
export type Delivery = { jobId: string; token: string }

/** An attempt this worker now holds. */
export type ClaimedAttempt = {
  jobId: string
  token: string
  type: string
  queue: string
  ownerId: string | null
  input: unknown
  attempt: number
  maxAttempts: number
  backoff: Backoff
  timeoutMs: number
  /** The span that created the job. */
  traceparent: string | null
  /** Milliseconds for which the job could have run and did not; null where the record does not say. */
  waitedMs: number | null
}

export type ClaimAnswer =
  | { decision: 'run'; claimed: ClaimedAttempt }
  /** The job ended, or its record is gone: the entry means nothing any more. */
  | { decision: 'drop' }
  /** Too early, its queue or this worker rests, or another is on it: look again after `delayMs`. */
  | { decision: 'postpone'; delayMs: number }

/** How long to leave a job alone that another worker holds, or that waits for its queue or worker to go on. */
const HELD_DELAY_MS = 3_000

/**
 * Takes attempts for this worker: one statement for all of a batch. A delivery whose token the
 * record carries already was claimed before, by a statement whose answer got lost.
 */
const CLAIM = `
WITH delivery AS (
  SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS d(id, token)
), locked AS (
  SELECT job.id, delivery.token, job.status, job.attempt, job."claimToken" = delivery.token AS mine,
    CASE job.status
      WHEN 'SCHEDULED' THEN job."runAt"
      WHEN 'RETRYING' THEN job."nextAttemptAt"
    END AS due,
    CASE WHEN job.attempt = 0 THEN GREATEST(job."createdAt", job."runAt")
      ELSE job."nextAttemptAt" END AS since,
    job.queue IN (SELECT queue FROM "QueueSetting" WHERE "pausedAt" IS NOT NULL)
      OR EXISTS (SELECT 1 FROM "Worker" WHERE id = $3::uuid AND "drainingAt" IS NOT NULL) AS paused
  FROM delivery JOIN "Job" job USING (id)
  ORDER BY job.id
  FOR UPDATE OF job
), decided AS (
  SELECT locked.*, CASE
      WHEN status = 'ACTIVE' AND mine THEN 'repeat'
      WHEN status = 'ACTIVE' THEN 'held'
      WHEN status IN ('COMPLETED', 'FAILED', 'CANCELED') THEN 'drop'
      WHEN paused THEN 'held'
      WHEN due > now() THEN 'early'
      ELSE 'run'
    END AS decision
  FROM locked
), reason AS (
  SELECT DISTINCT ON (decided.id) decided.id, CASE
      WHEN decided.attempt = 0 THEN 'FIRST'
      WHEN decided.status = 'QUEUED' THEN 'MANUAL_RETRY'
      WHEN last.outcome = 'LOST' THEN 'WORKER_LOST'
      WHEN last.outcome = 'INTERRUPTED' THEN 'WORKER_SHUTDOWN'
      ELSE 'BACKOFF'
    END AS word
  FROM decided LEFT JOIN "Attempt" last
    ON last."jobId" = decided.id AND last.number = decided.attempt
  WHERE decided.decision = 'run'
), started AS (
  UPDATE "Job" job SET
    status = 'ACTIVE', attempt = job.attempt + 1, "workerId" = $3::uuid,
    "claimToken" = decided.token, "startedAt" = COALESCE(job."startedAt", now()),
    "nextAttemptAt" = NULL, progress = NULL,
    "dispatchedAt" = COALESCE(job."dispatchedAt", now())
  FROM decided WHERE job.id = decided.id AND decided.decision = 'run'
  RETURNING job.*
), noted AS (
  INSERT INTO "Attempt" ("jobId", number, reason, "workerId", "startedAt")
  SELECT started.id, started.attempt, reason.word::"AttemptReason", $3::uuid, now()
  FROM started JOIN reason USING (id)
), held AS (
  SELECT job.* FROM "Job" job JOIN decided USING (id) WHERE decided.decision = 'repeat'
), announced AS (
  SELECT pg_notify('${CHANGES_CHANNEL}', string_agg(id::text, ',')) FROM started HAVING count(*) > 0
)
SELECT delivery.token,
  CASE
    WHEN decided.decision IS NULL THEN 'drop'
    WHEN decided.decision = 'run' AND job.id IS NULL THEN 'held'
    ELSE decided.decision
  END AS decision,
  CEIL(EXTRACT(EPOCH FROM decided.due - now()) * 1000)::float8 AS "dueInMs",
  job.id AS "jobId", job.type, job."ownerId", job.input, job.attempt, job."maxAttempts",
  job.backoff, job."timeoutMs", job.queue, job.traceparent,
  (EXTRACT(EPOCH FROM now() - decided.since) * 1000)::float8 AS "waitedMs", (SELECT count(*) FROM announced)
FROM delivery
LEFT JOIN decided USING (id, token)
LEFT JOIN (SELECT * FROM started UNION ALL SELECT * FROM held) job
  ON job.id = delivery.id AND job."claimToken" = delivery.token
`

type Row = ClaimedAttempt & {
  decision: 'run' | 'repeat' | 'held' | 'drop' | 'early'
  dueInMs: number | null
}

/** A notification's payload holds at most 200 ids. */
const MAX_BATCH = 200

/**
 * Claims deliveries for one worker, a few milliseconds' worth at a time.
 * @throws what PostgreSQL throws; repeating the same delivery is safe
 */
export function createClaim(workerId: string): (delivery: Delivery) => Promise<ClaimAnswer> {
  return batcher<Delivery, ClaimAnswer>(
    async (deliveries) => {
      const { rows } = await pool().query<Row>(CLAIM, [
        deliveries.map(({ jobId }) => jobId),
        deliveries.map(({ token }) => token),
        workerId,
      ])
      const byToken = new Map(rows.map((row) => [row.token, row]))
      return deliveries.map(({ token }) => answer(byToken.get(token)))
    },
    { maxItems: MAX_BATCH, windowMs: 2, maxInFlight: 2 },
  )
}

function answer(row: Row | undefined): ClaimAnswer {
  switch (row?.decision) {
    case 'run':
    case 'repeat':
      return { decision: 'run', claimed: row }
    case 'held':
      return { decision: 'postpone', delayMs: HELD_DELAY_MS }
    case 'early':
      return { decision: 'postpone', delayMs: Math.max(row.dueInMs ?? 0, 1) }
    default:
      return { decision: 'drop' }
  }
}
