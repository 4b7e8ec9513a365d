import { jobsHref } from '../../jobs/jobs-href'

/** The failed jobs that a figure of a queue speaks of: of the same period, and of one error. */
export function failedHref(queue: string | undefined, since: Date, error?: string): string {
  return jobsHref({ queue, status: 'failed', error, endedFrom: since.toISOString() })
}
