import { pool } from '@/lib/db/pool'
import { definitions, queueNames } from '@/lib/jobs/catalog'
import { WAITING_SINCE } from '@/lib/jobs/clock'
import { hasStatus } from '@/lib/jobs/status'
import { readQueueSettings } from '@/lib/queue/settings'
import { COUNTED_UP_TO } from '../live'
import type { Metric } from './text'

type Row = { queue: string; type: string; waiting: number; active: number; oldest: number }

type Handover = { outstanding: number; lag: number }

/** However long the queues are, this looks at a bounded number of jobs, like `queuesNow`. */
const NOW = `
WITH first AS (
  SELECT queue, type, min(due) AS due FROM (
    SELECT queue, type, ${WAITING_SINCE} AS due FROM "Job" job
    WHERE ${hasStatus('QUEUED')} ORDER BY id LIMIT ${COUNTED_UP_TO}) AS oldest
  GROUP BY queue, type
), waiting AS (
  SELECT wanted.queue, sample.type, count(*)::int AS count, min(sample.due) AS due
  FROM unnest($1::text[]) AS wanted (queue), LATERAL (
    SELECT type, ${WAITING_SINCE} AS due FROM "Job" job
    WHERE ${hasStatus('QUEUED')} AND queue = wanted.queue LIMIT ${COUNTED_UP_TO}) AS sample
  GROUP BY wanted.queue, sample.type
), running AS (
  SELECT queue, type, count(*)::int AS active FROM "Job" job WHERE ${hasStatus('ACTIVE')} GROUP BY queue, type
)
SELECT queue, type, COALESCE(waiting.count, 0) AS waiting, COALESCE(running.active, 0) AS active,
  COALESCE(GREATEST(0, EXTRACT(EPOCH FROM now() - LEAST(first.due, waiting.due))), 0)::float8 AS oldest
FROM first FULL JOIN waiting USING (queue, type) FULL JOIN running USING (queue, type)
`

/** What is planned for later is to be handed over as soon as it was enqueued. */
const HANDOVER = `
SELECT count(*)::int AS outstanding, COALESCE(EXTRACT(EPOCH FROM now() - min(since)), 0)::float8 AS lag
FROM (
  SELECT CASE status WHEN 'SCHEDULED' THEN "createdAt" ELSE LEAST(${WAITING_SINCE}, now()) END AS since
  FROM "PendingDispatch" pending JOIN "Job" job ON job.id = pending."jobId"
  WHERE job."endedAs" IS NULL AND pending."heldBy" IS NULL
  ORDER BY pending."jobId" LIMIT ${COUNTED_UP_TO}) AS oldest
`

/** What waits and runs at this moment, and what the queues have not been handed yet. */
export async function queueMetrics(): Promise<Metric[]> {
  const [now, handover, settings] = await Promise.all([
    pool().query<Row>(NOW, [queueNames]),
    pool().query<Handover>(HANDOVER),
    readQueueSettings(),
  ])
  const rows = withIdle(now.rows)
  const gauge = (name: string, help: string, value: (row: Row) => number): Metric => ({
    name,
    type: 'gauge',
    help,
    samples: rows.map((row) => ({
      labels: { queue: row.queue, type: row.type },
      value: value(row),
    })),
  })
  const single = (name: string, help: string, value = 0): Metric => ({
    name,
    type: 'gauge',
    help,
    samples: [{ labels: {}, value }],
  })
  return [
    gauge(
      'millrace_queue_waiting',
      `Jobs that could run and wait for a worker; counted up to ${COUNTED_UP_TO} in each queue.`,
      ({ waiting }) => waiting,
    ),
    gauge('millrace_queue_active', 'Jobs that run.', ({ active }) => active),
    gauge(
      'millrace_queue_oldest_waiting_seconds',
      'How long the longest waiting job has been waiting; 0 when none waits.',
      ({ oldest }) => oldest,
    ),
    {
      name: 'millrace_queue_paused',
      type: 'gauge',
      help: 'Whether an admin paused the queue.',
      samples: queueNames.map((queue) => ({
        labels: { queue },
        value: settings.get(queue)?.pausedAt ? 1 : 0,
      })),
    },
    single(
      'millrace_relay_lag_seconds',
      'How long the oldest committed job has been waiting to be handed to its queue; 0 when none does.',
      handover.rows[0]?.lag,
    ),
    single(
      'millrace_relay_outstanding',
      `Committed jobs that wait to be handed to their queues; counted up to ${COUNTED_UP_TO}.`,
      handover.rows[0]?.outstanding,
    ),
  ]
}

/** Every job type there is has its numbers, though they are 0. */
function withIdle(rows: Row[]): Row[] {
  const idle = definitions.filter(
    ({ queue, type }) => !rows.some((row) => row.queue === queue && row.type === type),
  )
  return [
    ...rows,
    ...idle.map(({ queue, type }) => ({ queue, type, waiting: 0, active: 0, oldest: 0 })),
  ]
}
