import { millisecondsBetween } from '@/lib/format/duration'
import type { AttemptView, JobSummary, Waiting } from '@/lib/jobs/view'
import { outcomeWords, reasonWords } from './words'

/** One thing that happened to a job, happens now, or is to come. */
export type Step = {
  key: string
  label: string
  note?: string
  /** Whose colour it has. */
  status: string
  at: string
  /** Null while it lasts; equal to `at` for what takes no time. */
  until: string | null
  /** The attempt it is, whose log lines follow. */
  attempt?: number
  isProblem?: boolean
  /** Nothing but waiting. */
  isPause?: boolean
  /** It has not happened yet; it is due then, where that is known. */
  next?: { at: string | null }
}

/** The clocks of database and server differ a little: what is due this soon was meant for now. */
const SOON_MS = 1_000

/**
 * What happened to a job, in order: enqueued, waited, attempts and the pauses between them; and what comes
 * next.
 * @param waiting why it waits, where that is known
 */
export function stepsOf(
  job: JobSummary,
  attempts: readonly AttemptView[],
  waiting: Waiting | null,
): Step[] {
  const { createdAt, runAt } = job
  const steps = [moment('enqueued', 'Enqueued', 'queued', createdAt)]
  let since = createdAt
  if (millisecondsBetween(createdAt, runAt) > SOON_MS && job.status !== 'scheduled') {
    const first = attempts[0]?.startedAt ?? job.finishedAt ?? runAt
    const [until = runAt] = [runAt, first].sort()
    steps.push(pause('planned', 'Waited for its time', 'queued', since, until))
    since = until
  }
  for (const attempt of attempts) {
    if (millisecondsBetween(since, attempt.startedAt) > 0) {
      const { label, status } = pauses[attempt.reason] ?? waited
      steps.push(pause(`wait-${attempt.number}`, label, status, since, attempt.startedAt))
    }
    steps.push(run(attempt))
    since = attempt.finishedAt ?? attempt.startedAt
  }
  return [...steps, ...ending(job, since, waiting)]
}

const waited = { label: 'Waited for a worker', status: 'queued' }
const pauses: Record<string, { label: string; status: string }> = {
  backoff: { label: 'Waited to try again', status: 'retrying' },
  manual_retry: { label: 'Had ended, until it was retried', status: 'canceled' },
}

function moment(key: string, label: string, status: string, at: string): Step {
  return { key, label, status, at, until: at }
}

function pause(key: string, label: string, status: string, at: string, until: string): Step {
  return { key, label, status, at, until, isPause: true }
}

function run(attempt: AttemptView): Step {
  const { number, startedAt: at, finishedAt: until } = attempt
  const { label, status } = outcomeWords(attempt)
  const note = reasonWords(attempt)
  return {
    key: `attempt-${number}`,
    label: `Attempt ${number}: ${label}`,
    ...(note ? { note } : {}),
    ...{ status, at, until, attempt: number, isProblem: status === 'failed' },
  }
}

function ending(job: JobSummary, since: string, waiting: Waiting | null): Step[] {
  const { status, finishedAt, nextAttemptAt, runAt, attempt, maxAttempts } = job
  const note = waiting ? { note: waiting.message } : {}
  const open = { key: 'next', status, at: since, until: null, isPause: true }
  if (finishedAt) {
    const label = status.charAt(0).toUpperCase() + status.slice(1)
    const end = moment('end', label, status, finishedAt)
    return [status === 'failed' ? { ...end, note: whyEnded(job), isProblem: true } : end]
  }
  switch (status) {
    case 'scheduled':
      return [{ ...open, label: 'Waits for its time', ...late(waiting), next: { at: runAt } }]
    case 'retrying': {
      const label = `Attempt ${attempt + 1} of ${maxAttempts} is next`
      return [{ ...open, label, ...late(waiting), next: { at: nextAttemptAt } }]
    }
    case 'queued':
      return [{ ...open, label: 'Waiting for a worker', ...note, next: { at: null } }]
    default:
      return []
  }
}

function whyEnded({ attempt, maxAttempts }: JobSummary): string {
  return attempt < maxAttempts
    ? 'at once, since another attempt could not have helped'
    : 'no attempt is left'
}

/** Why it waits, unless for nothing but the time that is shown anyway. */
function late(waiting: Waiting | null): { note?: string } {
  const isPlain = waiting?.reason === 'scheduled' || waiting?.reason === 'retry_delay'
  return waiting && !isPlain ? { note: waiting.message } : {}
}
