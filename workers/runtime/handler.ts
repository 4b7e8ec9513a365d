import type { Catalog, JobType } from '@/lib/jobs/catalog'
import type { InputOf, OutputOf } from '@/lib/jobs/definition'

/** Why `signal` aborted; it is the signal's `reason`. */
export type AbortCause = 'timeout' | 'canceled' | 'shutdown' | 'lost'

/** What a handler is given. */
export type JobContext<Input> = {
  jobId: string
  /** Null for the system's own jobs. */
  ownerId: string | null
  input: Input
  /** From 1. */
  attempt: number
  maxAttempts: number
  /** Aborts on timeout, cancellation, shutdown and a lost claim; the reason is an `AbortCause`. */
  signal: AbortSignal
  /** The same for every attempt of the job; every outside effect carries it. */
  idempotencyKey: string
  /**
   * Shows how far the job is, 0 to 100; written at most a few times a second. Neither this nor `log`
   * ever throws.
   */
  progress(percent: number, message?: string): void
  /** Adds a line to the job's log. */
  log(message: string, level?: 'info' | 'warn' | 'error'): void
}

/**
 * Does the work of one job type and returns its output. Whatever it returns or throws ends the attempt:
 * what cannot be recorded as a result is a failure with the code `invalid_output`.
 */
export type Handler<T extends JobType> = (
  context: JobContext<InputOf<Catalog[T]>>,
) => Promise<OutputOf<Catalog[T]>>

/** One loader per type: a handler's libraries are loaded at its first job, not at start. */
export type Handlers = { [T in JobType]: () => Promise<Handler<T>> }
