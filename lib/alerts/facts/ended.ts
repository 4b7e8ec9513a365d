import type pg from 'pg'
import { ownJobs } from './own-jobs'

/** How many jobs of a queue and type ended in one minute, and how. */
export type Ended = { queue: string; type: string; start: Date; completed: number; failed: number }

/** `LONGEST_WINDOW` minutes of roll-ups, without the jobs that tell of alerts. */
const ENDED = `
WITH own AS (
  SELECT queue, type, minute, count(*) FILTER (WHERE status = 'COMPLETED') AS completed,
    count(*) FILTER (WHERE status = 'FAILED') AS failed
  FROM (${ownJobs('61 minutes')}) told GROUP BY queue, type, minute
)
SELECT rollup.queue, rollup.type, rollup.start,
  GREATEST(0, rollup.completed - COALESCE(own.completed, 0))::int AS completed,
  GREATEST(0, rollup.failed - COALESCE(own.failed, 0))::int AS failed
FROM "Rollup" rollup LEFT JOIN own
  ON own.queue = rollup.queue AND own.type = rollup.type AND own.minute = rollup.start
WHERE rollup.span = 60 AND rollup.start > now() - interval '61 minutes'
`

/** What became of the jobs of the last hour, from roll-ups alone. */
export async function readEnded(client: pg.PoolClient): Promise<Ended[]> {
  return (await client.query<Ended>(ENDED)).rows
}
