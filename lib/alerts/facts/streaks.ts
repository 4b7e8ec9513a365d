import { definitions } from '@/lib/jobs/catalog'
import { isNoOwnJob, ownJobs } from './own-jobs'

/** Failures that are counted at most. */
export const LONGEST_STREAK = 100

/** When jobs of a queue and type last failed, latest first, and when one last succeeded. */
export type Streak = {
  queue: string
  type: string
  failures: Date[]
  /** Null when none did within a day. */
  succeededAt: Date | null
}

/**
 * How the jobs of each queue and type have ended lately. Only queues in which something failed within a day are looked at; failures have an index of their
 * own. The minute of the last success comes from the figures. Within it, and for the seconds by which they may
 * be late, jobs themselves are looked at, newest first, and only when something failed since.
 */
export const STREAKS = {
  values: [definitions.map(({ queue }) => queue), definitions.map(({ type }) => type)],
  text: `
WITH own AS (
  SELECT queue, type, minute, count(*) AS completed FROM (${ownJobs('1 day')}) told
  WHERE status = 'COMPLETED' GROUP BY queue, type, minute
), pair AS (
  SELECT known.queue, known.type, max(latest.at) OVER (PARTITION BY known.queue) AS failed
  FROM unnest($1::text[], $2::text[]) AS known (queue, type) LEFT JOIN LATERAL (
    SELECT job."finishedAt" AS at FROM "Job" job
    WHERE job."endedAs" = 'FAILED' AND job.queue = known.queue AND job.type = known.type
      AND job."finishedAt" > now() - interval '1 day'
    ORDER BY job."finishedAt" DESC LIMIT 1) latest ON true
), minute AS (
  SELECT pair.*, good.start FROM pair LEFT JOIN LATERAL (
    SELECT figure.start FROM "Figure" figure LEFT JOIN own
      ON own.queue = figure.queue AND own.type = figure.type AND own.minute = figure.start
    WHERE figure.span = 60 AND figure.queue = pair.queue AND figure.type = pair.type
      AND figure.status = 'COMPLETED' AND figure.start > now() - interval '1 day'
      AND figure.count > COALESCE(own.completed, 0)
    ORDER BY figure.start DESC LIMIT 1) good ON true
  WHERE pair.failed IS NOT NULL
)
SELECT minute.queue, minute.type, COALESCE(failed.failures, '{}') AS failures,
  GREATEST(minute.start, exact.at, latest.at) AS "succeededAt"
FROM minute, LATERAL (
  SELECT array_agg(at ORDER BY at DESC) AS failures FROM (
    SELECT job."finishedAt" AS at FROM "Job" job
    WHERE job."endedAs" = 'FAILED' AND job.queue = minute.queue AND job.type = minute.type
      AND job."finishedAt" >= COALESCE(minute.start, now() - interval '1 day') AND ${isNoOwnJob}
    ORDER BY job."finishedAt" DESC LIMIT ${LONGEST_STREAK}) recent
) failed LEFT JOIN LATERAL (
  ${success('minute.start', "minute.start + interval '1 minute'")}
) exact ON true LEFT JOIN LATERAL (
  ${success("now() - interval '20 seconds'", "now() + interval '1 minute'")}
) latest ON true`,
}

/** The last success from one moment to another, where something failed since the first of its minute. */
function success(from: string, to: string): string {
  return `SELECT job."finishedAt" AS at FROM "Job" job
  WHERE minute.failed >= COALESCE(minute.start, minute.failed)
    AND job."finishedAt" >= ${from} AND job."finishedAt" < ${to} AND job."endedAs" = 'COMPLETED'
    AND job.queue = minute.queue AND job.type = minute.type AND ${isNoOwnJob}
  ORDER BY job."finishedAt" DESC LIMIT 1`
}
