import { RAN_MS, WAITED_MS } from '../clock'

/** SQL: the columns of the row `job` of "Job", as it is once it has ended, that a note of the ending keeps. */
export const endedColumns = `job.id, job."ownerId", job.queue, job.type, job.status, job.attempt,
    ${WAITED_MS} AS "waitedMs", ${RAN_MS} AS "ranMs"`

/**
 * SQL that notes endings, as part of the statement that ends attempts or jobs. All that follows from
 * them is made of these notes, once, by `follow.ts`.
 * @param ended a SELECT of `endedColumns`
 */
export function noteOf(ended: string): string {
  return `
  INSERT INTO "Ending" ("jobId", "ownerId", queue, type, status, attempt, "waitedMs", "ranMs")
  SELECT id, "ownerId", queue, type, status, attempt, "waitedMs", "ranMs" FROM (${ended}) ended`
}
