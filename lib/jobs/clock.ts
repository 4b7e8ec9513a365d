import type { Job } from '@/lib/db/generated/client'

/**
 * SQL: since when the row `job` of "Job" waits for a worker, or when it will: from its enqueueing or its
 * time, from the end of a delay between attempts, or from when it was retried, promoted or released from a pause,
 * whichever was last.
 */
export const WAITING_SINCE = `(CASE job.status WHEN 'RETRYING'
    THEN GREATEST(job."nextAttemptAt", job."waitingSince") ELSE GREATEST(job."createdAt", job."runAt", job."waitingSince") END)`

/** SQL: since when the latest attempt of `job` could have begun. */
const COULD_BEGIN = `COALESCE(job."waitingSince", GREATEST(job."createdAt", job."runAt"))`

/** SQL: how long the latest attempt of `job` waited for a worker, in milliseconds; null before it began. */
export const WAITED_MS = milliseconds(`job."startedAt" - ${COULD_BEGIN}`)

/** SQL: how long the latest attempt of `job` ran, in milliseconds; null before the job ended. */
export const RAN_MS = milliseconds('job."finishedAt" - job."startedAt"')

/** Clocks that were set back make nothing negative. `GREATEST` passes over null, which stays null here. */
function milliseconds(interval: string): string {
  const length = `(EXTRACT(EPOCH FROM ${interval}) * 1000)::float8`
  return `CASE WHEN ${interval} IS NOT NULL THEN GREATEST(0, ${length}) END`
}

type Times = Pick<Job, 'status' | 'createdAt' | 'runAt' | 'nextAttemptAt' | 'waitingSince'>

/** Since when a job waits for a worker; null when it does not: before its time, while it runs, once it ended. */
export function waitingSince(job: Times): Date | null {
  const { status, createdAt, runAt, nextAttemptAt, waitingSince: backInLineAt } = job
  if (status === 'QUEUED') return latest(createdAt, runAt, backInLineAt)
  if (status === 'SCHEDULED') return past(latest(runAt, backInLineAt))
  return status === 'RETRYING' ? past(latest(nextAttemptAt, backInLineAt)) : null
}

function latest(...moments: (Date | null)[]): Date {
  return new Date(Math.max(...moments.map(Number)))
}

function past(moment: Date): Date | null {
  return moment.getTime() <= Date.now() ? moment : null
}
