/**
 * SQL: the attempt that `holder` names (`id`, `attempt`, `token`) still holds the record `job`.
 * The status is asked in a form that no index answers: by the primary key a job is found at once,
 * while an index of what runs is full of what ran since the last vacuum.
 */
export function holds(holder: string): string {
  return `job.id = ${holder}.id AND job.attempt = ${holder}.attempt AND job."claimToken" = ${holder}.token
    AND (job.status = 'ACTIVE') IS TRUE`
}
