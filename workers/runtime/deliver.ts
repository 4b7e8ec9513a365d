import { randomUUID } from 'node:crypto'
import { DelayedError, type Job as QueuedJob, UnrecoverableError, WaitingError } from 'bullmq'
import { describeThrown } from '@/lib/errors/thrown'
import type { ClaimAnswer, ClaimedAttempt, Delivery } from '@/lib/jobs/transitions/claim'
import type { Ending, FinishAnswer } from '@/lib/jobs/transitions/finish'
import type { EntryData } from '@/lib/queue/backend'
import { logger } from '@/lib/telemetry/logger'
import type { OpenSpan } from '@/lib/telemetry/tracing'
import type { Aside } from './aside'
import { withAttemptContext } from './attempt-context'
import { finish } from './attempts'
import type { Execution } from './execute'
import type { AbortCause } from './handler'
import type { Journal } from './journal'
import { type Outcome, outcomeOf, unrecordable } from './outcome'
import { retryUntilAvailable } from './retry-until-available'
import type { RunningAttempts } from './running'

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
  running: RunningAttempts
  journal: Journal
  aside: Pick<Aside, 'step'>
}

/**
 * What happens when the queue hands over an entry: claim, run, make the ending durable, and only
 * then tell BullMQ. PostgreSQL being away holds the entry, it never loses it.
 */
export function createProcessor(tools: Tools) {
  const { claim, running, workerId, aside } = tools
  return async (entry: Entry, lock: string | undefined): Promise<void> => {
    const jobId = entry.data.id
    const token = randomUUID()
    let stopped: AbortCause | undefined
    const abort = (cause: AbortCause) => {
      stopped ??= cause
    }
    const forget = running.expect({ jobId, abort })
    try {
      const answer = await retryUntilAvailable((again) => claim({ jobId, token, again }))
      if (answer.decision === 'drop') return leaveNothing(entry)
      if (answer.decision === 'postpone') return await postpone(entry, lock, answer.delayMs)
      if (answer.decision === 'leave') {
        const asideInMs = answer.toNewer ? aside.step(entry.queueName) : answer.delayMs
        return asideInMs === 0 ? await putBack(entry, lock) : await postpone(entry, lock, asideInMs)
      }

      const { claimed } = answer
      // What was stopped before it began does not begin; from its beginning it is stopped by itself.
      const begin = async (): Promise<Execution> =>
        stopped ? { kind: 'aborted', cause: stopped } : tools.run(claimed)
      const ended = await withAttemptContext(claimed, workerId, (span) =>
        attempt(claimed, begin, tools, span),
      )
      await tellQueue(entry, lock, ended)
    } finally {
      forget()
    }
  }
}

/** An ending, and what the record says since. */
type Ended = { ending: Ending; recorded: FinishAnswer }

/** Runs the attempt and makes its ending durable. */
async function attempt(
  claimed: ClaimedAttempt,
  begin: () => Promise<Execution>,
  tools: Tools,
  span: OpenSpan,
): Promise<Ended> {
  const { journal } = tools
  const judged = outcomeOf(claimed, await begin())
  if (judged.error) {
    span.fail(judged.error)
    const failed = judged.status === 'FAILED'
    log().info(
      { outcome: judged.outcome, err: judged.error },
      failed ? 'A job failed' : 'An attempt failed',
    )
    journal.log(claimed, judged.error.message, failed ? 'ERROR' : 'WARN')
  }
  if (journal.close(claimed)) await retryUntilAvailable(() => journal.flush())
  const ended = await record(claimed, judged)
  span.add({
    'millrace.job.outcome': ended.ending.outcome.toLowerCase(),
    'millrace.job.status': ended.recorded.toLowerCase(),
  })
  log().debug({ outcome: ended.ending.outcome, recorded: ended.recorded }, 'An attempt ended')
  return ended
}

/**
 * Makes an ending durable. One that PostgreSQL refuses becomes a failure that says why, and where even
 * its reason is refused, one without.
 */
async function record(claimed: ClaimedAttempt, judged: Outcome): Promise<Ended> {
  const recordAs = async (wanted: Outcome): Promise<Ended> => {
    const ending = { ...claimed, ...wanted }
    return { ending, recorded: await retryUntilAvailable(() => finish(ending)) }
  }
  try {
    return await recordAs(judged)
  } catch (error) {
    const failed = unrecordable(claimed, describeThrown(error).message)
    return recordAs(failed).catch(() => recordAs(unrecordable(claimed)))
  }
}

async function tellQueue(entry: Entry, lock: string | undefined, ended: Ended): Promise<void> {
  const { outcome, error, retryInMs = 0 } = ended.ending
  const message = error?.message ?? outcome.toLowerCase()
  switch (ended.recorded) {
    // A newer attempt decides; the entry comes back, and its next claim says what to do with it.
    case 'refused':
      return postpone(entry, lock, 0)
    case 'RETRYING':
      if (!error) return postpone(entry, lock, 0)
      throw new RetryLater(message, retryInMs)
    case 'FAILED':
      throw new UnrecoverableError(message)
  }
}

/** What ends then goes at once: one that its queue kept would be in the way of the next. */
function leaveNothing(entry: Entry): void {
  entry.opts.removeOnComplete = true
}

async function postpone(entry: Entry, lock: string | undefined, delayMs: number): Promise<never> {
  await entry.moveToDelayed(Date.now() + delayMs, lock)
  throw new DelayedError()
}

async function putBack(entry: Entry, lock: string | undefined): Promise<never> {
  await entry.moveToWait(lock)
  throw new WaitingError()
}
