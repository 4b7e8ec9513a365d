import { storableJson, storableText } from '@/lib/db/json'
import { JobError, permanentError } from '@/lib/jobs/job-error'
import { redactText } from '@/lib/log/redact'
import { backoffDelay } from './backoff'
import type { ClaimedAttempt } from './claim'
import type { Execution } from './execute'
import type { Ending, RecordedError } from './finish'

/** Longest message and stack that a record keeps, in characters. */
const MAX_MESSAGE = 2_000
const MAX_STACK = 8_000
/** Largest result, in characters of JSON; anything larger belongs into a file. */
const MAX_RESULT = 1024 * 1024

type Verdict = Pick<Ending, 'outcome' | 'status' | 'result' | 'error' | 'retryInMs'>

/** What becomes of a job after an attempt: done, tried again, or ended. */
export function verdict(claimed: ClaimedAttempt, execution: Execution): Verdict {
  switch (execution.kind) {
    case 'completed':
      return completed(claimed, execution.result)
    case 'failed':
      return failed(claimed, execution.error)
    case 'aborted':
      return aborted(claimed, execution.cause)
  }
}

function completed(claimed: ClaimedAttempt, result: unknown): Verdict {
  if (storableJson(result).length > MAX_RESULT) {
    const sentence = `The result is larger than ${MAX_RESULT / 1024} KB. Store it as a file.`
    return failed(claimed, permanentError('result_too_large', sentence))
  }
  return { outcome: 'COMPLETED', status: 'COMPLETED', result }
}

function failed(claimed: ClaimedAttempt, error: unknown): Verdict {
  const recorded = recordedError(error)
  const retryable = !(error instanceof JobError) || error.options.retryable !== false
  if (!retryable || claimed.attempt >= claimed.maxAttempts) {
    return { outcome: 'FAILED', status: 'FAILED', error: recorded }
  }
  const atLeast = error instanceof JobError ? (error.options.retryAfterMs ?? 0) : 0
  const retryInMs = Math.max(backoffDelay(claimed.backoff, claimed.attempt), atLeast)
  return { outcome: 'FAILED', status: 'RETRYING', error: recorded, retryInMs }
}

function aborted(claimed: ClaimedAttempt, cause: string): Verdict {
  switch (cause) {
    case 'canceled':
      return { outcome: 'CANCELED', status: 'CANCELED' }
    case 'timeout':
      return timedOut(claimed)
    default:
      return { outcome: 'INTERRUPTED', status: 'RETRYING', retryInMs: 0 }
  }
}

function timedOut(claimed: ClaimedAttempt): Verdict {
  const seconds = claimed.timeoutMs / 1_000
  const error: RecordedError = {
    name: 'TimeoutError',
    code: 'timeout',
    message: `The attempt took longer than its limit of ${seconds} s and was stopped.`,
  }
  if (claimed.attempt >= claimed.maxAttempts) {
    return { outcome: 'TIMED_OUT', status: 'FAILED', error }
  }
  const retryInMs = backoffDelay(claimed.backoff, claimed.attempt)
  return { outcome: 'TIMED_OUT', status: 'RETRYING', error, retryInMs }
}

/** An error in the form the record keeps: name, message, code, and the stack for admins. */
function recordedError(error: unknown): RecordedError {
  if (!(error instanceof Error)) return { name: 'Error', message: text(String(error), MAX_MESSAGE) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    name: error.name,
    message: text(error.message || error.name, MAX_MESSAGE),
    ...(code ? { code } : {}),
    ...(error.stack ? { stack: text(error.stack, MAX_STACK) } : {}),
  }
}

/** Records are shown, and the queue and mails repeat them: no secret gets that far. */
function text(value: string, limit: number): string {
  return redactText(storableText(value)).slice(0, limit)
}
