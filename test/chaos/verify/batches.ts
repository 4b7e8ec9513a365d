import type { Ledger } from '../ledger'
import { type Problem, problemsIn } from './problem'

/** A batch has all of its jobs, or does not exist. */
const COUNTS = `
SELECT 'The batch ' || batch.id || ' has ' || count(job.id) || ' of its ' || batch.total || ' jobs' AS text
FROM "Batch" batch
  LEFT JOIN "JobFacts" facts ON facts."batchId" = batch.id LEFT JOIN "Job" job ON job.id = facts."jobId"
GROUP BY batch.id HAVING count(job.id) <> batch.total
UNION ALL
SELECT 'The job ' || facts."jobId" || ' is of a batch that does not exist' FROM "JobFacts" facts
WHERE facts."batchId" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "Batch" WHERE id = facts."batchId")
`

const ACKNOWLEDGED = `
SELECT 'The batch ' || given.id || ' was acknowledged with ' || given.count || ' jobs and has '
  || COALESCE(batch.total::text, 'no record') AS text
FROM unnest($1::uuid[], $2::int[]) AS given (id, count) LEFT JOIN "Batch" batch ON batch.id = given.id
WHERE batch.total IS DISTINCT FROM given.count
`

/** Whoever owns a batch is told once that it has ended, with the right numbers. */
const TOLD = `
WITH ended AS (
  SELECT batch.id, batch."ownerId", batch."notifiedAt",
    count(*) FILTER (WHERE job.status = 'COMPLETED') AS completed,
    count(*) FILTER (WHERE job.status = 'FAILED') AS failed,
    count(*) FILTER (WHERE job.status = 'CANCELED') AS canceled
  FROM "Batch" batch JOIN "JobFacts" facts ON facts."batchId" = batch.id
    JOIN "Job" job ON job.id = facts."jobId"
  WHERE batch."ownerId" IS NOT NULL
  GROUP BY batch.id
  HAVING bool_and(job.status IN ('COMPLETED', 'FAILED', 'CANCELED'))
), told AS (
  SELECT ended.*, (SELECT count(*) FROM chaos_told
    WHERE kind = 'BATCH_DONE' AND subject = ended.id::text AND "userId" = ended."ownerId") AS times,
    (SELECT body FROM "Notification" WHERE kind = 'BATCH_DONE' AND subject = ended.id::text) AS body,
    concat_ws(', ', completed || ' completed', NULLIF(failed, 0) || ' failed',
      NULLIF(canceled, 0) || ' canceled') AS right_body
  FROM ended
)
SELECT 'The owner of the batch ' || id || ' was told ' || times || ' times that it has ended' AS text
FROM told WHERE times <> 1 OR "notifiedAt" IS NULL
UNION ALL
SELECT 'The owner of the batch ' || id || ' was told “' || body || '”, which is ' || right_body
FROM told WHERE body <> right_body
`

/** Batches are whole, and each is told about once. */
export async function batchProblems(ledger: Ledger): Promise<Problem[]> {
  const acknowledged = ledger.acknowledgedBatches()
  return [
    ...(await problemsIn(COUNTS)),
    ...(await problemsIn(
      ACKNOWLEDGED,
      [acknowledged.map(({ id }) => id), acknowledged.map(({ count }) => count)],
      'lost',
    )),
    ...(await problemsIn(TOLD)),
  ]
}
