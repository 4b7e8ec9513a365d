import { definitions } from '@/lib/jobs/catalog'
import { mergeHistograms } from '../histogram'
import type { JobTotal } from '../totals'
import { samplesOf } from './histogram'
import type { Metric, Sample } from './text'

const outcomes = { COMPLETED: 'completed', FAILED: 'failed', CANCELED: 'canceled' } as const

type Kind = { queue: string; type: string; totals: JobTotal[] }

/** What became of jobs since the installation was made, and how long that took. */
export function jobMetrics(totals: readonly JobTotal[]): Metric[] {
  const kinds = kindsOf(totals)
  return [
    {
      name: 'millrace_jobs_finished_total',
      type: 'counter',
      help: 'Jobs that ended, by what became of them. One that is retried by hand ends again.',
      samples: kinds.flatMap(finished),
    },
    {
      name: 'millrace_job_retries_total',
      type: 'counter',
      help: 'Attempts that ended without success and were followed by another one.',
      samples: kinds.map(({ queue, type, totals: own }) => ({
        labels: { queue, type },
        value: countOf(own, 'RETRYING'),
      })),
    },
    {
      name: 'millrace_job_wait_seconds',
      type: 'histogram',
      help: 'How long the last attempts of jobs that ended had waited for a worker, from when they could begin.',
      samples: kinds.flatMap(({ queue, type, totals: own }) =>
        samplesOf(
          { queue, type },
          mergeHistograms(own.map(({ waits }) => waits)),
          own.reduce((sum, { waitSeconds }) => sum + waitSeconds, 0),
        ),
      ),
    },
    {
      name: 'millrace_job_run_seconds',
      type: 'histogram',
      help: 'How long the last attempts of jobs that completed or failed ran.',
      samples: kinds.flatMap(({ queue, type, totals: own }) =>
        samplesOf(
          { queue, type },
          mergeHistograms(own.map(({ runs }) => runs)),
          own.reduce((sum, { runSeconds }) => sum + runSeconds, 0),
        ),
      ),
    },
  ]
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

function finished({ queue, type, totals }: Kind): Sample[] {
  return Object.entries(outcomes).map(([status, outcome]) => ({
    labels: { queue, type, outcome },
    value: countOf(totals, status),
  }))
}

function countOf(totals: JobTotal[], status: string): number {
  return totals.find((total) => total.status === status)?.count ?? 0
}
