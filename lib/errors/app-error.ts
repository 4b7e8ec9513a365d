/** One field of an input that cannot be used; `path` as in `operations.0.width`. */
export type FieldIssue = { path: string; message: string }

/** What went wrong, in terms that map to one HTTP status each. */
export type AppErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'invalid_input'
  | 'rate_limited'
  | 'unavailable'

/**
 * An error a person or an API client is meant to read: `message` says what happened and what to do.
 * Everything else that is thrown is a fault of ours and is shown as such.
 */
export class AppError extends Error {
  override name = 'AppError'
  constructor(
    readonly code: AppErrorCode,
    message: string,
    readonly details: { issues?: FieldIssue[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
  }
}

/** Input was refused; the message joins the issues for places that show one line only. */
export function invalidInput(issues: FieldIssue[]): AppError {
  const summary = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message))
  return new AppError('invalid_input', summary.join('; '), { issues })
}

export function notFound(what: string): AppError {
  return new AppError('not_found', `${what} was not found.`)
}
