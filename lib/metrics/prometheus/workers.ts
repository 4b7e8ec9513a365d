import { pool } from '@/lib/db/pool'
import { queueNames } from '@/lib/jobs/catalog'
import { type ProcessFigures, processFiguresSchema } from '../process'
import { type RepairKind, repairKinds } from '../repairs'
import type { Metric } from './text'

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
  const each = (name: string, help: string, value: (worker: LivingWorker) => number): Metric => ({
    name,
    type: 'gauge',
    help,
    samples: workers.map((worker) => ({
      labels: { worker: worker.id, host: worker.host },
      value: value(worker),
    })),
  })
  const serving = (queue: string) =>
    workers.filter(({ queues, draining }) => queues.includes(queue) && !draining)
  return [
    {
      name: 'millrace_workers',
      type: 'gauge',
      help: 'Workers that live.',
      samples: [{ labels: {}, value: workers.length }],
    },
    {
      name: 'millrace_queue_workers',
      type: 'gauge',
      help: 'Workers that live and take jobs from the queue.',
      samples: queueNames.map((queue) => ({ labels: { queue }, value: serving(queue).length })),
    },
    {
      name: 'millrace_worker_info',
      type: 'gauge',
      help: 'A worker, its process and version; always 1.',
      samples: workers.map(({ id, host, pid, version }) => ({
        labels: { worker: id, host, pid: String(pid), version },
        value: 1,
      })),
    },
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
  const countOf = (kind: RepairKind) => rows.find((row) => row.kind === kind)?.count ?? 0
  const kinds: RepairKind[] = ['entry_missing', 'entry_surplus', 'queue_lost', 'worker_lost']
  return [
    {
      name: 'millrace_repairs_total',
      type: 'counter',
      help: `Jobs whose record and queue, or worker, did not fit together and were put right: ${describe()}`,
      samples: kinds.map((kind) => ({ labels: { kind }, value: countOf(kind) })),
    },
  ]
}

function describe(): string {
  return Object.entries(repairKinds)
    .map(([kind, meaning]) => `${kind}: ${meaning}.`)
    .join(' ')
}
