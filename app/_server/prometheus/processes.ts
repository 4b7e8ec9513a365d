import { type ProcessFigures, processFigures } from '@/lib/metrics/process'
import packageJson from '@/package.json' with { type: 'json' }
import { type Labels, type Metric, metric } from './text'
import type { LivingWorker } from './workers'

type Process = { labels: Labels; figures: ProcessFigures }

type Wanted = readonly [
  name: string,
  type: Metric['type'],
  help: string,
  value: (figures: ProcessFigures) => number | null,
]

/** Names that Prometheus and Node.js programs have everywhere. */
const wanted: readonly Wanted[] = [
  [
    'process_cpu_seconds_total',
    'counter',
    'Processor time that the process has used, in user and in system mode.',
    ({ cpuSeconds }) => cpuSeconds,
  ],
  [
    'process_resident_memory_bytes',
    'gauge',
    'Memory that the process holds.',
    ({ residentBytes }) => residentBytes,
  ],
  [
    'process_start_time_seconds',
    'gauge',
    'When the process started, in seconds since 1970.',
    ({ startedAt }) => startedAt,
  ],
  [
    'process_open_fds',
    'gauge',
    'Files and connections that the process has open.',
    ({ openFiles }) => openFiles,
  ],
  [
    'process_max_fds',
    'gauge',
    'Files and connections that the process may have open.',
    ({ maxFiles }) => maxFiles,
  ],
  [
    'nodejs_heap_size_used_bytes',
    'gauge',
    'Memory that JavaScript objects take.',
    ({ heapUsedBytes }) => heapUsedBytes,
  ],
  [
    'nodejs_eventloop_lag_p99_seconds',
    'gauge',
    'How late the event loop was at most, but for one look of a hundred, since the last time.',
    ({ eventLoopLagSeconds }) => eventLoopLagSeconds,
  ],
]

/** What operating system and Node.js say about this web server and about each worker. */
export async function processMetrics(workers: readonly LivingWorker[]): Promise<Metric[]> {
  const web: Process = { labels: { program: 'web' }, figures: await processFigures() }
  const processes = [web, ...workers.flatMap(processOf)]
  const version = { version: packageJson.version, node: process.version.slice(1) }
  return [
    ...wanted.map(([name, type, help, value]) =>
      metric([name, type, help], processes, ({ labels, figures }) => [labels, value(figures)]),
    ),
    metric(
      ['millrace_build_info', 'gauge', 'The version of the web server that was asked; always 1.'],
      [version],
      (labels) => [labels, 1],
    ),
  ]
}

function processOf({ id, host, figures }: LivingWorker): Process[] {
  return figures ? [{ labels: { program: 'worker', worker: id, host }, figures }] : []
}
