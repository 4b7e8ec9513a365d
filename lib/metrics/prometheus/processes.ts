import packageJson from '@/package.json' with { type: 'json' }
import { type ProcessFigures, processFigures } from '../process'
import type { Labels, Metric } from './text'
import type { LivingWorker } from './workers'

type Process = { labels: Labels; figures: ProcessFigures }

type Wanted = Pick<Metric, 'name' | 'type' | 'help'> & {
  value(figures: ProcessFigures): number | null
}

/** Names that Prometheus and Node.js programs have everywhere. */
const wanted: readonly Wanted[] = [
  {
    name: 'process_cpu_seconds_total',
    type: 'counter',
    help: 'Processor time that the process has used, in user and in system mode.',
    value: ({ cpuSeconds }) => cpuSeconds,
  },
  {
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    help: 'Memory that the process holds.',
    value: ({ residentBytes }) => residentBytes,
  },
  {
    name: 'process_start_time_seconds',
    type: 'gauge',
    help: 'When the process started, in seconds since 1970.',
    value: ({ startedAt }) => startedAt,
  },
  {
    name: 'process_open_fds',
    type: 'gauge',
    help: 'Files and connections that the process has open.',
    value: ({ openFiles }) => openFiles,
  },
  {
    name: 'process_max_fds',
    type: 'gauge',
    help: 'Files and connections that the process may have open.',
    value: ({ maxFiles }) => maxFiles,
  },
  {
    name: 'nodejs_heap_size_used_bytes',
    type: 'gauge',
    help: 'Memory that JavaScript objects take.',
    value: ({ heapUsedBytes }) => heapUsedBytes,
  },
  {
    name: 'nodejs_eventloop_lag_p99_seconds',
    type: 'gauge',
    help: 'How late the event loop was at most, but for one look of a hundred, since the last time.',
    value: ({ eventLoopLagSeconds }) => eventLoopLagSeconds,
  },
]

/** What operating system and Node.js say about this web server and about each worker. */
export async function processMetrics(workers: readonly LivingWorker[]): Promise<Metric[]> {
  const web: Process = { labels: { program: 'web' }, figures: await processFigures() }
  const processes = [web, ...workers.flatMap(processOf)]
  return [
    ...wanted.map((metric) => metricOf(metric, processes)),
    {
      name: 'millrace_build_info',
      type: 'gauge',
      help: 'The version of the web server that was asked; always 1.',
      samples: [
        { labels: { version: packageJson.version, node: process.version.slice(1) }, value: 1 },
      ],
    },
  ]
}

function processOf({ id, host, figures }: LivingWorker): Process[] {
  return figures ? [{ labels: { program: 'worker', worker: id, host }, figures }] : []
}

function metricOf({ name, type, help, value }: Wanted, processes: Process[]): Metric {
  const samples = processes.flatMap(({ labels, figures }) => {
    const number = value(figures)
    return number === null ? [] : [{ labels, value: number }]
  })
  return { name, type, help, samples }
}
