import { definitions } from '@/lib/jobs/catalog'
import { type Histogram, mergeHistograms } from '@/lib/metrics/histogram'
import type { JobTotal } from '@/lib/metrics/totals'
import { samplesOf } from './histogram'
import { type Metric, metric } from './text'

const outcomes = { COMPLETED: 'completed', FAILED: 'failed', CANCELED: 'canceled' } as const

type Kind = { queue: string; type: string; totals: JobTotal[] }

/** What became of jobs since the installation was made, and how long that took. */
export function jobMetrics(totals: readonly JobTotal[]): Metric[] {
  const kinds = kindsOf(totals)
  const finished = kinds.flatMap((kind) =>
    Object.entries(outcomes).map(([status, outcome]) => ({ ...kind, status, outcome })),
  )
  return [
    metric(
      [
        'millrace_jobs_finished_total',
        'counter',
        'Jobs that ended, by what became of them. One that is retried by hand ends again.',
      ],
      finished,
      ({ queue, type, status, outcome, totals: own }) => [
        { queue, type, outcome },
        countOf(own, status),
      ],
    ),
    metric(
      [
        'millrace_job_retries_total',
        'counter',
        'Attempts that ended without success and were followed by another one.',
      ],
      kinds,
      ({ queue, type, totals: own }) => [{ queue, type }, countOf(own, 'RETRYING')],
    ),
    histogram(
      'millrace_job_wait_seconds',
      'How long the last attempts of jobs that ended had waited for a worker, from when they could begin.',
      kinds,
      ({ waits, waitSeconds }) => [waits, waitSeconds],
    ),
    histogram(
      'millrace_job_run_seconds',
      'How long the last attempts of jobs that completed or failed ran.',
      kinds,
      ({ runs, runSeconds }) => [runs, runSeconds],
    ),
  ]
}

function histogram(
  name: string,
  help: string,
  kinds: Kind[],
  times: (total: JobTotal) => readonly [Histogram, seconds: number],
): Metric {
  const samples = kinds.flatMap(({ queue, type, totals }) => {
    const all = totals.map(times)
    const sum = all.reduce((seconds, [, own]) => seconds + own, 0)
    return samplesOf({ queue, type }, mergeHistograms(all.map(([own]) => own)), sum)
  })
  return { name, type: 'histogram', help, samples }
}

/** Every job type there is, so that its counters begin at zero, and those that once were. */
function kindsOf(totals: readonly JobTotal[]): Kind[] {
  const kinds = new Map<string, Kind>()
  for (const { queue, type } of [...definitions, ...totals]) {
    const own = totals.filter((total) => total.queue === queue && total.type === type)
    kinds.set(`${queue}\n${type}`, { queue, type, totals: own })
  }
  return [...kinds.values()]
}

function countOf(totals: JobTotal[], status: string): number {
  return totals.find((total) => total.status === status)?.count ?? 0
}
