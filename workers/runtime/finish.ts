import { v7 as uuidv7 } from 'uuid'
import type { AttemptOutcome, JobStatus } from '@/lib/db/generated/enums'
import { storableJson } from '@/lib/db/json'
import { pool } from '@/lib/db/pool'
import { CHANGES_CHANNEL } from '@/lib/jobs/announce'
import { endingsOf, timeColumns } from '@/lib/metrics/endings'
import { noticeOf } from '@/lib/notifications/notice'
import { eventColumns, eventsOf } from '@/lib/webhooks/job-events'
import { batcher, TOGETHER } from './batcher'
import { holds } from './fence'

/** An error as the record keeps it. */
export type RecordedError = { name: string; message: string; code?: string; stack?: string }

/** How an attempt ended, and what becomes of its job. */
export type Ending = {
  jobId: string
  attempt: number
  token: string
  outcome: AttemptOutcome
  status: Extract<JobStatus, 'COMPLETED' | 'FAILED' | 'CANCELED' | 'RETRYING'>
  result?: unknown
  error?: RecordedError
  /** Milliseconds until the next attempt; for `RETRYING`. */
  retryInMs?: number
  /** What the job's owner is told. */
  notice?: 'JOB_FAILED' | 'JOB_DONE'
}

/** `refused`: a newer attempt holds the job, or somebody ended it; this one's outcome does not count. */
export type FinishAnswer = 'recorded' | 'refused'

/**
 * Records endings, fenced by attempt and token. An attempt that a shutdown interrupted does not
 * count: the job may be tried once more. A record that shows the ending already was written by a
 * statement whose answer got lost.
 */
const FINISH = `
WITH ending AS (
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[],
    $9::text[], $10::uuid[])
    AS e(id, attempt, token, outcome, status, result, error, "retryInMs", notice, "noticeId")
  ORDER BY id
), ended AS (
  UPDATE "Job" job SET
    status = ending.status::"JobStatus",
    result = COALESCE(ending.result::jsonb, job.result),
    error = CASE WHEN ending.outcome = 'COMPLETED' THEN NULL ELSE COALESCE(ending.error::jsonb, job.error) END,
    progress = CASE WHEN ending.outcome = 'COMPLETED' THEN NULL ELSE job.progress END,
    "maxAttempts" = job."maxAttempts" + CASE WHEN ending.outcome = 'INTERRUPTED' THEN 1 ELSE 0 END,
    "finishedAt" = CASE WHEN ending.status = 'RETRYING' THEN NULL ELSE now() END,
    "nextAttemptAt" = CASE WHEN ending.status = 'RETRYING'
      THEN now() + ending."retryInMs" * interval '1 millisecond' END,
    "workerId" = NULL
  FROM ending
  WHERE ${holds('ending')}
  RETURNING ${eventColumns}, ${timeColumns}
), noted AS (
  UPDATE "Attempt" attempt SET
    outcome = ending.outcome::"AttemptOutcome", error = ending.error::jsonb, "finishedAt" = now()
  FROM ending JOIN ended USING (id)
  WHERE attempt."jobId" = ending.id AND attempt.number = ending.attempt
), found AS (
  UPDATE "JobFacts" facts SET text = left(facts.text || ' ' || lower(ending.error::jsonb ->> 'message'), 8000)
  FROM ending JOIN ended USING (id)
  WHERE facts."jobId" = ending.id AND ending.error IS NOT NULL
    AND strpos(facts.text, lower(ending.error::jsonb ->> 'message')) = 0
), told AS (
  ${noticeOf(`SELECT ending."noticeId" AS id, ended.id AS "jobId", ended."ownerId", ended."batchId",
    ended.title, ended.tags, ending.notice AS kind, ending.error::jsonb ->> 'message' AS message
  FROM ended JOIN ending USING (id) WHERE ending.notice IS NOT NULL`)}
), published AS (
  ${eventsOf(`SELECT ended.*, ending.error::jsonb AS error FROM ended JOIN ending USING (id)`)}
), counted AS (
  ${endingsOf('SELECT * FROM ended')}
), announced AS (
  SELECT pg_notify('${CHANGES_CHANNEL}', string_agg(id::text, ',')) FROM ended HAVING count(*) > 0
)
SELECT ending.token,
  CASE WHEN ended.id IS NOT NULL THEN true ELSE EXISTS (
    SELECT 1 FROM "Job" job
    WHERE job.id = ending.id AND job."claimToken" = ending.token AND job.attempt = ending.attempt
      AND job.status = ending.status::"JobStatus") END AS recorded,
  (SELECT count(*) FROM announced)
FROM ending
LEFT JOIN ended USING (id)
`

/**
 * Makes an ending durable, a few milliseconds' worth at a time.
 * @throws what PostgreSQL throws; repeating the same ending is safe
 */
export const finish: (ending: Ending) => Promise<FinishAnswer> = batcher<Ending, FinishAnswer>(
  async (endings) => {
    const { rows } = await pool().query<{ token: string; recorded: boolean }>(FINISH, [
      endings.map(({ jobId }) => jobId),
      endings.map(({ attempt }) => attempt),
      endings.map(({ token }) => token),
      endings.map(({ outcome }) => outcome),
      endings.map(({ status }) => status),
      endings.map(({ result }) => json(result)),
      endings.map(({ error }) => json(error)),
      endings.map(({ retryInMs }) => retryInMs ?? 0),
      endings.map(({ notice }) => notice ?? null),
      endings.map(({ notice }) => (notice ? uuidv7() : null)),
    ])
    const recorded = new Map(rows.map((row) => [row.token, row.recorded]))
    return endings.map(({ token }) => (recorded.get(token) ? 'recorded' : 'refused'))
  },
  TOGETHER,
)

function json(value: unknown): string | null {
  return value === undefined ? null : storableJson(value)
}
