/** SQL: the attempt that `holder` names (`id`, `attempt`, `token`) still holds the record `job`. */
export function holds(holder: string): string {
  return `job.id = ${holder}.id AND job.attempt = ${holder}.attempt AND job."claimToken" = ${holder}.token
    AND job.status = 'ACTIVE'`
}
