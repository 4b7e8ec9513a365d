/** The tag of the jobs that tell of alerts. They count in no rule. */
export const ALERT_TAG = 'alert'

/** SQL: a row of "Job" is not one of them. */
export const isNoOwnJob = `NOT ('${ALERT_TAG}' = ANY (tags))`

/**
 * SQL: those of them that ended within `interval`: a failed alert mail is not to lead to the next one, nor
 * a delivered one to end an alert about the mail queue.
 */
export const ownJobs = (interval: string) => `
SELECT job.queue, job.type, job.status, date_trunc('minute', job."finishedAt") AS minute
FROM "AlertNotice" notice JOIN "Job" job ON job.id = notice."jobId"
WHERE notice.at > now() - interval '${interval}' - interval '1 hour'
  AND job."finishedAt" > now() - interval '${interval}'
`
