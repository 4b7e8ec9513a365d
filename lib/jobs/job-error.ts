/**
 * Why an attempt failed, in a sentence the job's owner understands.
 * Thrown by handlers; any other error is recorded with its own message and retried.
 */
export class JobError extends Error {
  override name = 'JobError'
  constructor(
    /** Stable, lower case, e.g. `image_too_large`. */
    readonly code: string,
    message: string,
    readonly options: {
      /** False: another attempt cannot succeed, so the job fails now. Default true. */
      retryable?: boolean
      /** Wait at least this long before the next attempt, e.g. from `Retry-After`; a day at most. */
      retryAfterMs?: number
      cause?: unknown
    } = {},
  ) {
    super(message, { cause: options.cause })
  }
}

/** An attempt that no later attempt can better: the job fails at once. */
export function permanentError(code: string, message: string, cause?: unknown): JobError {
  return new JobError(code, message, { retryable: false, cause })
}
