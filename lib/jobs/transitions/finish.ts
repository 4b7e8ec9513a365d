import { CHANGES_CHANNEL } from '@/lib/db/announce'
import type { AttemptOutcome, JobStatus } from '@/lib/db/generated/enums'
import { runPrepared } from '@/lib/db/prepared'
import type { ErrorWords } from '@/lib/errors/thrown'
import { endedColumns, noteOf } from '../endings/note'
import { holds } from './fence'

/** How an attempt ended, and what becomes of its job unless somebody wants that canceled. */
export type Ending = {
  jobId: string
  attempt: number
  token: string
  outcome: AttemptOutcome
  status: Extract<JobStatus, 'COMPLETED' | 'FAILED' | 'RETRYING'>
  /** JSON. */
  result?: string
  error?: ErrorWords
  /** Milliseconds until the next attempt; for `RETRYING`. */
  retryInMs?: number
  /** It does not count against the job, which may be tried once more. */
  uncounted?: boolean
}

/**
 * The status that the record has now; `refused`: a newer attempt holds the job, or somebody ended it,
 * and this one's outcome does not count.
 */
export type FinishAnswer = Ending['status'] | 'CANCELED' | 'refused'

/** SQL: an accepted cancel is final. Work that is done is done, and nothing else runs again. */
const STATUS = `CASE WHEN job."cancelRequestedAt" IS NOT NULL AND ending.status <> 'COMPLETED'
      THEN 'CANCELED' ELSE ending.status END`

/**
 * Records endings, fenced by attempt and token: of two attempts of one job that end at the same moment
 * the newer counts, and nothing follows from the other. A record of this attempt that no attempt holds was
 * written by a statement whose answer got lost.
 */
const FINISH = `
WITH ending AS (
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[],
    $9::bool[])
    AS e(id, attempt, token, outcome, status, result, error, "retryInMs", uncounted)
  ORDER BY id
), ended AS (
  UPDATE "Job" job SET
    status = (${STATUS})::"JobStatus",
    result = COALESCE(ending.result::jsonb, job.result),
    error = CASE ${STATUS} WHEN 'COMPLETED' THEN NULL WHEN 'CANCELED' THEN job.error
      ELSE COALESCE(ending.error::jsonb, job.error) END,
    progress = CASE WHEN ending.outcome = 'COMPLETED' THEN NULL ELSE job.progress END,
    "maxAttempts" = job."maxAttempts" + ending.uncounted::int,
    "finishedAt" = CASE ${STATUS} WHEN 'RETRYING' THEN NULL ELSE now() END,
    "nextAttemptAt" = CASE ${STATUS} WHEN 'RETRYING'
      THEN now() + ending."retryInMs" * interval '1 millisecond' END,
    "workerId" = NULL
  FROM ending
  WHERE ${holds('ending')}
  RETURNING ${endedColumns}
), attempted AS (
  UPDATE "Attempt" attempt SET
    outcome = ending.outcome::"AttemptOutcome", error = ending.error::jsonb, "finishedAt" = now()
  FROM ending JOIN ended USING (id, attempt)
  WHERE attempt."jobId" = ending.id AND attempt.number = ending.attempt
), noted AS (
  ${noteOf('SELECT * FROM ended')}
), announced AS (
  SELECT pg_notify('${CHANGES_CHANNEL}', string_agg(id::text, ',')) FROM ended HAVING count(*) > 0
)
SELECT ending.token, COALESCE(ended.status::text, (
    SELECT job.status::text FROM "Job" job
    WHERE job.id = ending.id AND job."claimToken" = ending.token AND job.attempt = ending.attempt
      AND job.status IN ('COMPLETED', 'FAILED', 'CANCELED', 'RETRYING')
  ), 'refused') AS answer, (SELECT count(*) FROM announced)
FROM ending
LEFT JOIN ended USING (id, attempt)
`

/**
 * Makes endings durable.
 * @param endings at most a flush
 * @returns one answer each, in their order
 * @throws what PostgreSQL throws; repeating the same endings is safe
 */
export async function finishJobs(endings: Ending[]): Promise<FinishAnswer[]> {
  const { rows } = await runPrepared<{ token: string; answer: FinishAnswer }>('finish', FINISH, [
    endings.map(({ jobId }) => jobId),
    endings.map(({ attempt }) => attempt),
    endings.map(({ token }) => token),
    endings.map(({ outcome }) => outcome),
    endings.map(({ status }) => status),
    endings.map(({ result }) => result ?? null),
    endings.map(({ error }) => (error ? JSON.stringify(error) : null)),
    endings.map(({ retryInMs }) => retryInMs ?? 0),
    endings.map(({ uncounted }) => uncounted ?? false),
  ])
  const answers = new Map(rows.map((row) => [row.token, row.answer]))
  return endings.map(({ token }) => answers.get(token) ?? 'refused')
}
