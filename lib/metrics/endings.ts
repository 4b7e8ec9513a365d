import { RAN, WAITED } from './job-times'

// Every ending is counted by the transaction in which it happens, and never uncounted: what becomes of
// the job later, and what roll-ups make of it, does not matter to a counter.

/** The columns of "Job" that endings are counted by, besides type and status. */
export const timeColumns = `job.queue, job."createdAt", job."runAt", job."startedAt", job."finishedAt"`

/**
 * SQL that counts endings, as part of the statement that ends jobs.
 * @param endings a SELECT of type, status and `timeColumns` as they are now
 */
export function endingsOf(endings: string): string {
  return `
  INSERT INTO "JobEnding" (queue, type, status, count, waits, runs)
  SELECT queue, type, status, count(*),
    COALESCE(array_agg(${WAITED}) FILTER (WHERE "startedAt" IS NOT NULL AND status <> 'RETRYING'), '{}'),
    COALESCE(array_agg(${RAN}) FILTER (WHERE "startedAt" IS NOT NULL AND status IN ('COMPLETED', 'FAILED')), '{}')
  FROM (${endings}) ended
  GROUP BY queue, type, status`
}
