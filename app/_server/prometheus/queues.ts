import { pool } from '@/lib/db/pool'
import { definitions, queueNames } from '@/lib/jobs/catalog'
import { WAITING_SINCE } from '@/lib/jobs/clock'
import { COUNTED_UP_TO, type TypeNow, typesNow } from '@/lib/jobs/lists/queues-now'
import { readQueueSettings } from '@/lib/queue/settings'
import { type Metric, metric } from './text'

type Handover = { at: Date; outstanding: number; lag: number }

/** What is planned for later is to be handed over as soon as it was enqueued. */
const HANDOVER = `
SELECT now() AS at, count(*)::int AS outstanding,
  COALESCE(EXTRACT(EPOCH FROM now() - min(since)), 0)::float8 AS lag
FROM (
  SELECT CASE status WHEN 'SCHEDULED' THEN "createdAt" ELSE LEAST(${WAITING_SINCE}, now()) END AS since
  FROM "PendingDispatch" pending JOIN "Job" job ON job.id = pending."jobId"
  WHERE job."endedAs" IS NULL AND pending."heldBy" IS NULL
  ORDER BY pending."jobId" LIMIT ${COUNTED_UP_TO}) AS oldest
`

/** What waits and runs at this moment, and what the queues have not been handed yet. */
export async function queueMetrics(): Promise<Metric[]> {
  const [now, handover, settings] = await Promise.all([
    typesNow(queueNames),
    pool().query<Handover>(HANDOVER),
    readQueueSettings(),
  ])
  const { at = new Date(), lag = 0, outstanding = 0 } = handover.rows[0] ?? {}
  const gauge = (name: string, help: string, value: (type: TypeNow) => number) =>
    metric([name, 'gauge', help], withIdle(now), (type) => [
      { queue: type.queue, type: type.type },
      value(type),
    ])
  const single = (name: string, help: string, value: number) =>
    metric([name, 'gauge', help], [value], () => [{}, value])
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
      ({ oldestSince }) =>
        oldestSince ? Math.max(0, at.getTime() - oldestSince.getTime()) / 1_000 : 0,
    ),
    metric(
      ['millrace_queue_paused', 'gauge', 'Whether an admin paused the queue.'],
      queueNames,
      (queue) => [{ queue }, settings.get(queue)?.pausedAt ? 1 : 0],
    ),
    single(
      'millrace_relay_lag_seconds',
      'How long the oldest committed job has been waiting to be handed to its queue; 0 when none does.',
      lag,
    ),
    single(
      'millrace_relay_outstanding',
      `Committed jobs that wait to be handed to their queues; counted up to ${COUNTED_UP_TO}.`,
      outstanding,
    ),
  ]
}

/** Every job type there is has its numbers, though they are 0. */
function withIdle(types: TypeNow[]): TypeNow[] {
  const idle = definitions.filter(
    ({ queue, type }) => !types.some((one) => one.queue === queue && one.type === type),
  )
  const nothing = { waiting: 0, active: 0, oldestSince: null }
  return [...types, ...idle.map(({ queue, type }) => ({ queue, type, ...nothing }))]
}
