import { WAITING_SINCE } from '@/lib/jobs/clock'
import { hasStatus } from '@/lib/jobs/status'
import { knows, TAKING_WORKERS } from '@/lib/queue/serving'
import { isNoOwnJob } from './own-jobs'

/** Jobs of a queue and type that could run, and that no running worker can take. */
export type Untaken = {
  queue: string
  type: string
  /** Since when the oldest of them waits. */
  since: Date
  /** Workers serve the queue, and know older types or inputs only. */
  isServed: boolean
}

/** Jobs looked at: the oldest of all, and some of each queue, in which a backlog may hide them. */
const OLDEST = 10_000
const OF_EACH_QUEUE = 1_000

const GROUP = `queue, type, "inputVersion"`

export const UNTAKEN = `
WITH RECURSIVE line (queue) AS (
  SELECT min(queue) FROM "Job" job WHERE ${hasStatus('QUEUED')}
  UNION ALL
  SELECT (SELECT min(queue) FROM "Job" job WHERE ${hasStatus('QUEUED')} AND queue > line.queue)
  FROM line WHERE line.queue IS NOT NULL
), waiting AS (
  (SELECT ${GROUP}, ${WAITING_SINCE} AS since FROM "Job" job
   WHERE ${hasStatus('QUEUED')} AND ${isNoOwnJob} ORDER BY id LIMIT ${OLDEST})
  UNION ALL
  SELECT sample.* FROM line, LATERAL (
    SELECT ${GROUP}, ${WAITING_SINCE} FROM "Job" job
    WHERE ${hasStatus('QUEUED')} AND queue = line.queue AND ${isNoOwnJob}
    ORDER BY "ownerId", turn LIMIT ${OF_EACH_QUEUE}) AS sample
  WHERE line.queue IS NOT NULL
  UNION ALL
  SELECT * FROM (
    SELECT ${GROUP}, "nextAttemptAt" AS since FROM "Job" job
    WHERE ${hasStatus('RETRYING')} AND ${isNoOwnJob} ORDER BY id LIMIT ${OLDEST}) AS retrying
  WHERE since <= now()
), kind AS (
  SELECT ${GROUP}, min(since) AS since FROM waiting GROUP BY ${GROUP}
), taking AS (${TAKING_WORKERS})
SELECT queue, type, since,
  EXISTS (SELECT 1 FROM taking WHERE kind.queue = ANY (queues)) AS "isServed"
FROM kind WHERE NOT EXISTS (
  SELECT 1 FROM taking WHERE kind.queue = ANY (queues) AND ${knows('taking', 'kind')})
ORDER BY since
`
