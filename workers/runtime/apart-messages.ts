import { describeThrown, type ErrorWords, isInstance } from '@/lib/errors/thrown'
import { JobError } from '@/lib/jobs/job-error'
import type { ClaimedAttempt } from '@/lib/jobs/transitions/claim'
import type { Execution } from './execute'
import type { AbortCause } from './handler'

/** What a worker asks a process of its own to do. */
export type Order = { claimed: ClaimedAttempt } | { abort: AbortCause }

type Told = ErrorWords & {
  /** Of a `JobError`. */
  options?: { retryable?: boolean | undefined; retryAfterMs?: number | undefined }
}

/** How the attempt ended, in values that pass from process to process. */
export type Answer = Exclude<Execution, { kind: 'failed' }> | { kind: 'failed'; error: Told }

export function isOrder(message: unknown): message is Order {
  return has(message, 'claimed') || has(message, 'abort')
}

export function isAnswer(message: unknown): message is { answer: Answer } {
  return has(message, 'answer')
}

function has(message: unknown, name: string): boolean {
  return typeof message === 'object' && message !== null && name in message
}

/** An error would lose its class, its code and what it says about retries on the way. */
export function telling(execution: Execution): Answer {
  if (execution.kind !== 'failed') return execution
  return { kind: 'failed', error: told(execution.error) }
}

function told(error: unknown): Told {
  const words = describeThrown(error)
  if (!isInstance(error, JobError)) return words
  const { retryable, retryAfterMs } = error.options
  return { ...words, options: { retryable, retryAfterMs } }
}

/** The execution that was told. */
export function revive(answer: Answer): Execution {
  if (answer.kind !== 'failed') return answer
  const { name, message, stack, code, options } = answer.error
  const { retryable = true, retryAfterMs } = options ?? {}
  const error = options
    ? new JobError(String(code), message, {
        retryable,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      })
    : Object.assign(new Error(message), { name, code })
  if (stack !== undefined) error.stack = stack
  return { kind: 'failed', error }
}
