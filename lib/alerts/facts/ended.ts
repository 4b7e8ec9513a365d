import { ownJobs } from './own-jobs'

/** How many jobs of a queue and type ended in one minute, and how. */
export type Ended = { queue: string; type: string; start: Date; completed: number; failed: number }

/** Sixty minutes of figures and the one that lasts, without the jobs that tell of alerts. */
export const ENDED = `
WITH own AS (
  SELECT queue, type, minute, count(*) FILTER (WHERE status = 'COMPLETED') AS completed,
    count(*) FILTER (WHERE status = 'FAILED') AS failed
  FROM (${ownJobs('61 minutes')}) told GROUP BY queue, type, minute
), ended AS (
  SELECT queue, type, start, COALESCE(sum(count) FILTER (WHERE status = 'COMPLETED'), 0) AS completed,
    COALESCE(sum(count) FILTER (WHERE status = 'FAILED'), 0) AS failed
  FROM "Figure" WHERE span = 60 AND start > now() - interval '61 minutes' AND status <> 'RETRYING'
  GROUP BY queue, type, start
)
SELECT ended.queue, ended.type, ended.start,
  GREATEST(0, ended.completed - COALESCE(own.completed, 0))::int AS completed,
  GREATEST(0, ended.failed - COALESCE(own.failed, 0))::int AS failed
FROM ended LEFT JOIN own
  ON own.queue = ended.queue AND own.type = ended.type AND own.minute = ended.start
`
