import { isDatabaseLost } from '@/lib/db/away'
import { describeThrown, type ErrorWords, isInstance, property } from '@/lib/errors/thrown'
import { JobError, permanentError } from '@/lib/jobs/job-error'
import type { ClaimedAttempt } from '@/lib/jobs/transitions/claim'
import type { Ending } from '@/lib/jobs/transitions/finish'
import { JsonTooLarge, storableJson } from '@/lib/text/storable'
import { retryDelay } from './backoff'
import type { Execution } from './execute'
import type { AbortCause } from './handler'

/** Largest result: characters of JSON, and levels in it; anything larger belongs into a file. */
const RESULT_BOUNDS = { maxLength: 1024 * 1024, maxDepth: 100 }

/** Attempts up to which trouble with our own database counts against no job. */
const SPARED_ATTEMPTS = 10

export type Outcome = Pick<
  Ending,
  'outcome' | 'status' | 'result' | 'error' | 'retryInMs' | 'uncounted'
>

/** What becomes of a job after an attempt: done, tried again, or ended. Never throws. */
export function outcomeOf(claimed: ClaimedAttempt, execution: Execution): Outcome {
  switch (execution.kind) {
    case 'completed':
      return completed(claimed, execution.result)
    case 'failed':
      return failed(claimed, execution.error)
    case 'aborted':
      return aborted(claimed, execution.cause)
  }
}

/** The same where PostgreSQL refuses to record that: the attempt failed, for this reason. */
export function unrecordable(claimed: ClaimedAttempt, reason = 'it was refused'): Outcome {
  const sentence = `What the attempt came to could not be recorded: ${reason}`
  return failed(claimed, permanentError('invalid_output', sentence))
}

function completed(claimed: ClaimedAttempt, result: unknown): Outcome {
  try {
    const written = result === undefined ? {} : { result: storableJson(result, RESULT_BOUNDS) }
    return { outcome: 'COMPLETED', status: 'COMPLETED', ...written }
  } catch (error) {
    return failed(claimed, resultError(error))
  }
}

/** Permanent: the work is done, and another attempt would only do it twice. */
function resultError(error: unknown): JobError {
  const { maxLength, maxDepth } = RESULT_BOUNDS
  if (!isInstance(error, JsonTooLarge)) {
    const reason = describeThrown(error).message
    return permanentError('invalid_output', `The result cannot be written as JSON: ${reason}`)
  }
  const sentence =
    error.bound === 'maxDepth'
      ? `The result is nested more than ${maxDepth} levels deep.`
      : `The result is larger than ${maxLength / 1024} KB.`
  return permanentError('result_too_large', `${sentence} Store it as a file.`)
}

function failed(claimed: ClaimedAttempt, thrown: unknown): Outcome {
  const error = describeThrown(thrown)
  const asked = isInstance(thrown, JobError) ? property(thrown, 'options') : {}
  const uncounted = claimed.attempt <= SPARED_ATTEMPTS && isDatabaseLost(thrown)
  const spent = claimed.attempt >= claimed.maxAttempts && !uncounted
  if (property(asked, 'retryable') === false || spent) {
    return { outcome: 'FAILED', status: 'FAILED', error }
  }
  const retryInMs = retryDelay(claimed.backoff, claimed.attempt, property(asked, 'retryAfterMs'))
  return { outcome: 'FAILED', status: 'RETRYING', error, retryInMs, uncounted }
}

/** A canceled job is asked for again like an interrupted one: only its record cancels it. */
function aborted(claimed: ClaimedAttempt, cause: AbortCause): Outcome {
  switch (cause) {
    case 'canceled':
      return { outcome: 'CANCELED', status: 'RETRYING', retryInMs: 0 }
    case 'timeout':
      return timedOut(claimed)
    default:
      return { outcome: 'INTERRUPTED', status: 'RETRYING', retryInMs: 0, uncounted: true }
  }
}

function timedOut(claimed: ClaimedAttempt): Outcome {
  const error: ErrorWords = {
    name: 'TimeoutError',
    code: 'timeout',
    message: `The attempt took longer than its limit of ${claimed.timeoutMs / 1_000} s and was stopped.`,
  }
  if (claimed.attempt >= claimed.maxAttempts) {
    return { outcome: 'TIMED_OUT', status: 'FAILED', error }
  }
  const retryInMs = retryDelay(claimed.backoff, claimed.attempt)
  return { outcome: 'TIMED_OUT', status: 'RETRYING', error, retryInMs }
}
