import type pg from 'pg'
import { queueNames } from '@/lib/jobs/catalog'
import { WAITING_SINCE } from '@/lib/jobs/clock'
import { hasStatus } from '@/lib/jobs/status'
import { COUNTED_UP_TO } from '@/lib/metrics/live'
import { isNoOwnJob } from './own-jobs'

/** Jobs of a queue and type that wait for a worker. */
export type Waiting = {
  queue: string
  type: string
  /** At most `COUNTED_UP_TO` in a queue. */
  count: number
  oldestSince: Date
  paused: boolean
}

/** As the overview counts: of a bounded number of jobs, however long the queues are. */
const WAITING = `
WITH first AS (
  SELECT queue, type, min(due) AS due FROM (
    SELECT queue, type, ${WAITING_SINCE} AS due FROM "Job" job
    WHERE ${hasStatus('QUEUED')} AND ${isNoOwnJob} ORDER BY id LIMIT ${COUNTED_UP_TO}) AS oldest
  GROUP BY queue, type
)
SELECT sample.queue, sample.type, sample.count, LEAST(first.due, sample.due) AS "oldestSince",
  setting."pausedAt" IS NOT NULL AS paused
FROM unnest($1::text[]) AS wanted (queue), LATERAL (
  SELECT wanted.queue, type, count(*)::int AS count, min(due) AS due FROM (
    SELECT type, ${WAITING_SINCE} AS due FROM "Job" job
    WHERE ${hasStatus('QUEUED')} AND queue = wanted.queue AND ${isNoOwnJob} LIMIT ${COUNTED_UP_TO}) AS looked
  GROUP BY type
) AS sample
  LEFT JOIN first ON first.queue = sample.queue AND first.type = sample.type
  LEFT JOIN "QueueSetting" setting ON setting.queue = sample.queue
`

/** What waits in the queues now, and since when. */
export async function readWaiting(client: pg.PoolClient): Promise<Waiting[]> {
  return (await client.query<Waiting>(WAITING, [queueNames])).rows
}
