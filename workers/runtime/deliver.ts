import { randomUUID } from 'node:crypto'
import { DelayedError, type Job as QueuedJob, UnrecoverableError } from 'bullmq'
import { logger } from '@/lib/log/logger'
import type { EntryData } from '@/lib/queue/backend'
import type { OpenSpan } from '@/lib/trace/tracing'
import type { ClaimAnswer, ClaimedAttempt, Delivery } from './claim'
import type { Execution } from './execute'
import { type Ending, finish } from './finish'
import type { Journal } from './journal'
import { untilItAnswers } from './patience'
import { asAttempt } from './surroundings'
import { verdict } from './verdict'

const log = () => logger('runtime')

/** The attempt failed and the job runs again; BullMQ delays its entry by the same time. */
class RetryLater extends Error {
  override name = 'RetryLater'
  constructor(
    message: string,
    readonly delayMs: number,
  ) {
    super(message)
  }
}

/** BullMQ's back-off: the delay the record was given. */
export function delayOfRetry(_attempts: number, _type?: string, error?: Error): number {
  return error instanceof RetryLater ? error.delayMs : 1_000
}

type Entry = QueuedJob<EntryData, unknown, string>

type Tools = {
  workerId: string
  claim(delivery: Delivery): Promise<ClaimAnswer>
  run(claimed: ClaimedAttempt): Promise<Execution>
  /** What a job's owner is told about its ending. */
  noticeFor(claimed: ClaimedAttempt, status: Ending['status']): Pick<Ending, 'notice'>
  journal: Journal
}

/**
 * What happens when the queue hands over an entry: claim, run, make the ending durable, and only
 * then tell BullMQ. PostgreSQL being away holds the entry, it never loses it.
 */
export function createProcessor(tools: Tools) {
  const { claim, workerId } = tools
  return async (entry: Entry, lock: string | undefined): Promise<void> => {
    const jobId = entry.data.id
    const token = randomUUID()
    const answer = await untilItAnswers((again) => claim({ jobId, token, again }))
    if (answer.decision === 'drop') return
    if (answer.decision === 'postpone') return postpone(entry, lock, answer.delayMs)

    const { claimed } = answer
    const ending = await asAttempt(claimed, workerId, (span) => attempt(claimed, tools, span))
    // A newer attempt decides; the entry comes back, and its next claim says what to do with it.
    if (!ending) return postpone(entry, lock, 0)
    await tellQueue(entry, lock, ending)
  }
}

/** Runs the attempt and makes its ending durable; undefined when it no longer counts. */
async function attempt(
  claimed: ClaimedAttempt,
  { run, noticeFor, journal }: Tools,
  span: OpenSpan,
): Promise<Ending | undefined> {
  const judged = verdict(claimed, await run(claimed))
  const ending = { ...claimed, ...judged, ...noticeFor(claimed, judged.status) }
  span.add({
    'millrace.job.outcome': ending.outcome.toLowerCase(),
    'millrace.job.status': ending.status.toLowerCase(),
  })
  if (ending.error && ending.outcome !== 'CANCELED') {
    span.fail(ending.error)
    const failed = ending.status === 'FAILED'
    log().info(
      { outcome: ending.outcome, err: ending.error },
      failed ? 'A job failed' : 'An attempt failed',
    )
    journal.log(claimed, ending.error.message, failed ? 'ERROR' : 'WARN')
  }
  await untilItAnswers(() => journal.close(claimed))
  const recorded = await untilItAnswers(() => finish(ending))
  log().debug({ outcome: ending.outcome, recorded }, 'An attempt ended')
  return recorded === 'refused' ? undefined : ending
}

async function tellQueue(entry: Entry, lock: string | undefined, ending: Ending): Promise<void> {
  const message = ending.error?.message ?? ending.outcome.toLowerCase()
  if (ending.outcome === 'INTERRUPTED') return postpone(entry, lock, 0)
  if (ending.status === 'RETRYING') throw new RetryLater(message, ending.retryInMs ?? 0)
  if (ending.status === 'FAILED') throw new UnrecoverableError(message)
}

async function postpone(entry: Entry, lock: string | undefined, delayMs: number): Promise<never> {
  await entry.moveToDelayed(Date.now() + delayMs, lock)
  throw new DelayedError()
}
