import { millisecondsBetween } from '@/lib/format/duration'
import type { AttemptView, JobView } from '@/lib/jobs/view'
import { outcomeWords, reasonWords } from './attempt-words'

/** One thing that happened to a job, or happens now. */
export type Step = {
  key: string
  label: string
  note?: string
  /** Whose colour it has. */
  status: string
  at: string
  /** Null while it lasts; equal to `at` for what takes no time. */
  until: string | null
}

/** What happened to a job, in order: enqueued, waited, attempts and the pauses between them. */
export function timelineOf(job: JobView, attempts: AttemptView[]): Step[] {
  const steps: Step[] = [
    {
      key: 'enqueued',
      label: 'Enqueued',
      status: 'queued',
      at: job.createdAt,
      until: job.createdAt,
    },
  ]
  let since = job.createdAt
  for (const attempt of attempts) {
    if (millisecondsBetween(since, attempt.startedAt) > 0) {
      steps.push(pause(attempt, since))
    }
    steps.push(run(attempt))
    since = attempt.finishedAt ?? attempt.startedAt
  }
  return [...steps, ...last(job, since)]
}

const pauses: Record<string, Pick<Step, 'label' | 'status'>> = {
  backoff: { label: 'Waited to try again', status: 'retrying' },
  manual_retry: { label: 'At rest, then retried', status: 'canceled' },
}

function pause(attempt: AttemptView, since: string): Step {
  return {
    key: `wait-${attempt.number}`,
    ...(pauses[attempt.reason] ?? { label: 'Waited', status: 'queued' }),
    at: since,
    until: attempt.startedAt,
  }
}

function run(attempt: AttemptView): Step {
  const { label, status } = outcomeWords(attempt)
  const why = attempt.number > 1 ? reasonWords(attempt) : undefined
  const note = [why, attempt.error?.message].filter(Boolean).join(' · ')
  return {
    key: `attempt-${attempt.number}`,
    label: `Attempt ${attempt.number}: ${label.toLowerCase()}`,
    ...(note ? { note } : {}),
    status,
    at: attempt.startedAt,
    until: attempt.finishedAt,
  }
}

function last(job: JobView, since: string): Step[] {
  const { status, finishedAt, nextAttemptAt, runAt, waitingSince } = job
  if (finishedAt) {
    const label = status.charAt(0).toUpperCase() + status.slice(1)
    return [{ key: 'end', label, status, at: finishedAt, until: finishedAt }]
  }
  if (status === 'retrying' && nextAttemptAt) {
    return [{ key: 'next', label: 'Waiting to try again', status, at: since, until: null }]
  }
  if (status === 'scheduled') {
    return [{ key: 'next', label: 'Starts', status, at: runAt, until: runAt }]
  }
  if (status === 'queued') {
    const at = waitingSince ?? since
    return [{ key: 'next', label: 'Waiting for a worker', status, at, until: null }]
  }
  return []
}
