import { CHANGES_CHANNEL } from '@/lib/db/announce'
import { pool } from '@/lib/db/pool'
import { runPrepared } from '@/lib/db/prepared'
import { transaction } from '@/lib/db/transaction'
import { knows, TAKING_WORKERS } from '@/lib/queue/serving'
import { WAITING_SINCE } from '../clock'
import type { Backoff } from '../definition'
import { IN_FORCE, PAUSES_OF_JOB } from '../pauses/pause'
import { cancelJobs } from './cancel'
import { holdJobs } from './hold'

/**
 * One arrival of a job from the queue. `token` makes its claim repeatable when an answer is lost;
 * `again`: it is repeated, and the statement before may still be under way.
 */
export type Delivery = { jobId: string; token: string; again?: boolean }

/** An attempt this worker now holds. */
export type ClaimedAttempt = {
  jobId: string
  token: string
  type: string
  queue: string
  priority: number
  turn: number
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
  /** It may be what ended its workers before: it runs in a process of its own. */
  apart: boolean
}

export type ClaimAnswer =
  | { decision: 'run'; claimed: ClaimedAttempt }
  /** The job ended, is held by a pause, or its record is gone: the entry means nothing any more. */
  | { decision: 'drop' }
  /** Too early, its queue or this worker rests, or another is on it: look again after `delayMs`. */
  | { decision: 'postpone'; delayMs: number }
  /** This worker does not know its type, or its input; `toNewer`: another that runs does. */
  | { decision: 'leave'; toNewer: boolean; delayMs: number }

/** How long to leave a job alone that another worker holds, or that waits for its queue or worker to go on. */
const HELD_DELAY_MS = 3_000

/** The same where no worker knows it yet: ever longer, so that ten thousand such jobs keep nobody busy. */
const unknownDelayMs = (waitedMs: number | null) =>
  Math.min(30_000, Math.max(HELD_DELAY_MS, Math.round((waitedMs ?? 0) / 4)))

/** Unexplained deaths of its workers after which a job runs in a process of its own. */
const APART_AFTER = 2

/** SQL: whether the job of `row` runs in a process of its own. */
const isApart = (row: string) => `(${row}.crashes >= ${APART_AFTER})`

/** What a claim answers of a job. */
const CLAIMED = `job.id AS "jobId", job.type, job.queue, job.priority, job.turn, job."ownerId", job.input, job.attempt,
  job."maxAttempts", job.backoff, job."timeoutMs", job.traceparent, job."claimToken" AS token, ${isApart('job')} AS apart`

/** From when on a worker may take a job; null when it has ended or is taken. */
const DUE = `CASE job.status
      WHEN 'QUEUED' THEN now()
      WHEN 'SCHEDULED' THEN job."runAt"
      WHEN 'RETRYING' THEN job."nextAttemptAt"
    END`

/**
 * Takes attempts for this worker: one statement for all of a batch. The UPDATE alone decides; a lock
 * of its own ahead of it would cost as much again. What the record said before tells the others why
 * not. A delivery whose token the record carries was claimed by a statement whose answer got lost.
 */
const CLAIM = `
WITH delivery AS (
  SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS d("jobId", token) ORDER BY "jobId"
), before AS (
  SELECT job.id AS "jobId", delivery.token, job.status, ${DUE} AS due,
    job.status = 'ACTIVE' AND job."claimToken" = delivery.token AS mine,
    job."cancelRequestedAt" IS NOT NULL AS canceled,
    ${WAITING_SINCE} AS since, job.crashes, job.type, job."inputVersion"
  FROM delivery JOIN "Job" job ON job.id = delivery."jobId"
), apart AS (
  SELECT "jobId", row_number() OVER (ORDER BY "jobId") AS place FROM before WHERE ${isApart('before')}
), resting AS (
  SELECT ARRAY(SELECT queue FROM "QueueSetting" WHERE "pausedAt" IS NOT NULL) AS queues,
    me."drainingAt" IS NOT NULL AS worker, me.types,
    EXISTS (SELECT 1 FROM "Pause" pause WHERE ${IN_FORCE}) AS pauses
  FROM (VALUES ($3::uuid)) AS this(id) LEFT JOIN "Worker" me USING (id)
), started AS (
  UPDATE "Job" job SET
    status = 'ACTIVE', attempt = job.attempt + 1, "workerId" = $3::uuid,
    "claimToken" = delivery.token, "waitingSince" = ${WAITING_SINCE}, "startedAt" = now(),
    "nextAttemptAt" = NULL, progress = NULL
  FROM delivery, resting
  WHERE job.id = delivery."jobId" AND ${DUE} <= now() AND job."cancelRequestedAt" IS NULL
    AND NOT resting.worker AND job.queue <> ALL (resting.queues) AND ${knows('resting', 'job')}
    AND NOT (resting.pauses AND EXISTS (SELECT 1 ${PAUSES_OF_JOB}))
    AND (NOT ${isApart('job')} OR EXISTS (
      SELECT 1 FROM apart WHERE apart."jobId" = job.id AND apart.place <= $4::int))
  RETURNING ${CLAIMED}
), noted AS (
  INSERT INTO "Attempt" ("jobId", number, reason, "workerId", "startedAt")
  SELECT "jobId", started.attempt, CASE
      WHEN started.attempt = 1 THEN 'FIRST'
      WHEN before.status = 'QUEUED' THEN 'MANUAL_RETRY'
      ELSE COALESCE((
        SELECT CASE last.outcome WHEN 'LOST' THEN 'WORKER_LOST' WHEN 'INTERRUPTED' THEN 'WORKER_SHUTDOWN' END
        FROM "Attempt" last
        WHERE last."jobId" = started."jobId" AND last.number = started.attempt - 1), 'BACKOFF')
    END::"AttemptReason", $3::uuid, now()
  FROM started JOIN before USING ("jobId", token)
), announced AS (
  SELECT pg_notify('${CHANGES_CHANNEL}', string_agg("jobId"::text, ',')) FROM started HAVING count(*) > 0
), held AS (
  SELECT * FROM started
  UNION ALL
  SELECT ${CLAIMED} FROM before JOIN "Job" job ON job.id = before."jobId" WHERE before.mine
)
SELECT before.token AS delivered, CASE
    WHEN held.token IS NOT NULL THEN 'run'
    WHEN before.status IN ('COMPLETED', 'FAILED', 'CANCELED') THEN 'drop'
    WHEN before.canceled AND before.due IS NOT NULL THEN 'cancel'
    WHEN before.due > now() THEN 'early'
    WHEN NOT ${knows('resting', 'before')} THEN 'unknown'
    WHEN resting.pauses THEN 'busy or paused'
    ELSE 'busy'
  END AS decision, held.*,
  CEIL(EXTRACT(EPOCH FROM before.due - now()) * 1000)::float8 AS "dueInMs",
  (EXTRACT(EPOCH FROM now() - before.since) * 1000)::float8 AS "waitedMs", (SELECT count(*) FROM announced)
FROM before LEFT JOIN held USING ("jobId", token), resting
`

/** Waits until nothing that is under way holds these jobs. */
const SETTLED = `SELECT id FROM "Job" WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`

/** Those of these jobs that a worker knows which says what it knows. */
const KNOWN = `
SELECT id FROM "Job" job WHERE id = ANY($1::uuid[]) AND EXISTS (
  SELECT 1 FROM (${TAKING_WORKERS}) AS taking
  WHERE job.queue = ANY (taking.queues) AND taking.types IS NOT NULL AND ${knows('taking', 'job')})
`

/** `delivered` is the delivery's token. What has no row has no record. */
type Row = ClaimedAttempt & {
  delivered: string
  decision: 'run' | 'drop' | 'cancel' | 'early' | 'unknown' | 'busy' | 'busy or paused'
  dueInMs: number | null
}

/**
 * Claims deliveries for a worker.
 * @param deliveries at most a flush
 * @param roomApart how many more jobs can run in processes of their own
 * @returns one answer each, in their order
 * @throws what PostgreSQL throws; repeating the same delivery is safe
 */
export async function claimJobs(
  deliveries: Delivery[],
  workerId: string,
  roomApart: number,
): Promise<ClaimAnswer[]> {
  const again = deliveries.filter((delivery) => delivery.again)
  if (again.length > 0) await pool().query(SETTLED, [again.map(({ jobId }) => jobId)])
  const { rows } = await runPrepared<Row>('claim', CLAIM, [
    deliveries.map(({ jobId }) => jobId),
    deliveries.map(({ token }) => token),
    workerId,
    roomApart,
  ])
  const byToken = new Map(rows.map((row) => [row.delivered, row]))
  const decided = (decision: Row['decision']) =>
    deliveries.flatMap(({ jobId, token }) =>
      byToken.get(token)?.decision === decision ? [jobId] : [],
    )
  await endCanceled(decided('cancel'))
  const held = await holdJobs([...decided('busy or paused'), ...decided('unknown')])
  const known = await knownToOthers(decided('unknown'))
  return deliveries.map(({ jobId, token }) =>
    held.has(jobId) ? { decision: 'drop' } : answer(byToken.get(token), known.has(jobId)),
  )
}

async function knownToOthers(ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await pool().query<{ id: string }>(KNOWN, [ids])
  return new Set(rows.map(({ id }) => id))
}

/**
 * Ends jobs that wait although somebody wanted them canceled, as an older version of this program
 * left them.
 */
async function endCanceled(ids: string[]): Promise<void> {
  if (ids.length > 0) await transaction((tx) => cancelJobs(tx, ids))
}

function answer(row: Row | undefined, toNewer: boolean): ClaimAnswer {
  switch (row?.decision) {
    case 'run':
      return { decision: 'run', claimed: row }
    case 'busy':
    case 'busy or paused':
      return { decision: 'postpone', delayMs: HELD_DELAY_MS }
    case 'unknown':
      return { decision: 'leave', toNewer, delayMs: unknownDelayMs(row.waitedMs) }
    case 'early':
      return { decision: 'postpone', delayMs: Math.max(row.dueInMs ?? 0, 1) }
    default:
      return { decision: 'drop' }
  }
}
