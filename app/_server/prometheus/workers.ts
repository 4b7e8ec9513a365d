import { pool } from '@/lib/db/pool'
import { queueNames } from '@/lib/jobs/catalog'
import { type ProcessFigures, processFiguresSchema } from '@/lib/metrics/process'
import { type RepairKind, repairKinds } from '@/lib/metrics/repairs'
import { type Metric, metric } from './text'

/** Most workers that a scrape tells of one by one. */
const MOST = 1_000

export type LivingWorker = {
  id: string
  host: string
  pid: number
  version: string
  queues: string[]
  running: number
  draining: boolean
  /** Seconds since its last sign of life. */
  silent: number
  /** Null until its first heartbeat. */
  figures: ProcessFigures | null
}

type Row = Omit<LivingWorker, 'figures'> & { process: unknown }

const WORKERS = `
SELECT id, host, pid, version, queues, running, "drainingAt" IS NOT NULL AS draining, process,
  GREATEST(0, EXTRACT(EPOCH FROM now() - "heartbeatAt"))::float8 AS silent
FROM "Worker" WHERE "stoppedAt" IS NULL ORDER BY "heartbeatAt" DESC LIMIT ${MOST}
`

/** Workers that have neither said goodbye nor been found dead. */
export async function livingWorkers(): Promise<LivingWorker[]> {
  const { rows } = await pool().query<Row>(WORKERS)
  return rows.map(({ process, ...worker }) => ({
    ...worker,
    figures: processFiguresSchema.safeParse(process).data ?? null,
  }))
}

/** How many workers there are, for what, and how each is. */
export function workerMetrics(workers: readonly LivingWorker[]): Metric[] {
  const each = (name: string, help: string, value: (worker: LivingWorker) => number) =>
    metric([name, 'gauge', help], workers, (worker) => [
      { worker: worker.id, host: worker.host },
      value(worker),
    ])
  const serving = (queue: string) =>
    workers.filter(({ queues, draining }) => queues.includes(queue) && !draining)
  return [
    metric(['millrace_workers', 'gauge', 'Workers that live.'], [workers.length], (count) => [
      {},
      count,
    ]),
    metric(
      ['millrace_queue_workers', 'gauge', 'Workers that live and take jobs from the queue.'],
      queueNames,
      (queue) => [{ queue }, serving(queue).length],
    ),
    metric(
      ['millrace_worker_info', 'gauge', 'A worker, its process and version; always 1.'],
      workers,
      ({ id, host, pid, version }) => [{ worker: id, host, pid: String(pid), version }, 1],
    ),
    each('millrace_worker_running', 'Jobs that the worker runs.', ({ running }) => running),
    each(
      'millrace_worker_heartbeat_age_seconds',
      'How long ago the worker last said that it lives.',
      ({ silent }) => silent,
    ),
  ]
}

/** Repairs since the installation was made. */
export async function repairMetrics(): Promise<Metric[]> {
  const { rows } = await pool().query<{ kind: string; count: number }>(
    'SELECT kind, count::float8 AS count FROM "RepairTotal"',
  )
  const kinds: RepairKind[] = ['entry_missing', 'entry_surplus', 'queue_lost', 'worker_lost']
  const meanings = kinds.map((kind) => `${kind}: ${repairKinds[kind]}.`).join(' ')
  const help = `Jobs whose record and queue, or worker, did not fit together and were put right: ${meanings}`
  return [
    metric(['millrace_repairs_total', 'counter', help], kinds, (kind) => [
      { kind },
      rows.find((row) => row.kind === kind)?.count ?? 0,
    ]),
  ]
}
