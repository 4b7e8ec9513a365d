import { JobStatus } from '@/lib/db/generated/enums'

/** Statuses of a job that has not ended. */
export const openStatuses = ['SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING'] as const

/** Statuses a job ends in. */
export const terminalStatuses = ['COMPLETED', 'FAILED', 'CANCELED'] as const

export type TerminalStatus = (typeof terminalStatuses)[number]

/** SQL: the jobs that run, by their attempts. */
const RUNNING = `ARRAY(SELECT "jobId" FROM "Attempt" WHERE outcome IS NULL)`

/**
 * SQL: the row `job` of "Job" has this status. Asked in the way that an index answers: no index has the
 * status itself, which changes with each attempt.
 */
export function hasStatus(status: JobStatus): string {
  switch (status) {
    case 'ACTIVE':
      return `(job.id = ANY(${RUNNING}) AND job.status = 'ACTIVE')`
    case 'QUEUED':
      return `(job."endedAs" IS NULL AND job."waitsAs" IS NULL AND job.status = 'QUEUED')`
    case 'SCHEDULED':
    case 'RETRYING':
      return `job."waitsAs" = '${status}'`
    default:
      return `job."endedAs" = '${status}'`
  }
}

export function isTerminal(status: JobStatus): boolean {
  return terminalStatuses.some((terminal) => terminal === status)
}

/** As the API, URLs and the command line write them. */
export const statusNames: readonly string[] = Object.values(JobStatus).map((status) =>
  status.toLowerCase(),
)

/** The status that `name` writes in lower case; undefined when there is none. */
export function statusOf(name: string): JobStatus | undefined {
  return Object.values(JobStatus).find((status) => status.toLowerCase() === name)
}

/** The statuses that a filter writes with commas between them, each once; what is none is left out. */
export function statusesOf(names: string): JobStatus[] {
  return [...new Set(names.split(',').flatMap((name) => statusOf(name) ?? []))]
}

type StatusWords = { label: string; meaning: string }

/** What people read for each status, and the sentence that explains it. */
export const statusWords: Record<JobStatus, StatusWords> = {
  SCHEDULED: { label: 'Scheduled', meaning: 'It runs at the chosen time.' },
  QUEUED: { label: 'Queued', meaning: 'It runs as soon as a worker is free.' },
  ACTIVE: { label: 'Active', meaning: 'A worker is on it now.' },
  RETRYING: { label: 'Retrying', meaning: 'An attempt failed; the next one starts by itself.' },
  COMPLETED: { label: 'Completed', meaning: 'It is done, and its result is kept.' },
  FAILED: { label: 'Failed', meaning: 'Every attempt failed; retry it once the cause is mended.' },
  CANCELED: { label: 'Canceled', meaning: 'Somebody stopped it; retry it to run it after all.' },
}
