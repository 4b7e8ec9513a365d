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

/** Most problems one answer names: whoever mends these hears of the next. */
export const MAX_ISSUES = 100
const MAX_PATH = 200
const MAX_MESSAGE = 300
/** Longest line of all of them. */
const MAX_SUMMARY = 1_000

/**
 * Input was refused; the message joins the issues for places that show one line only. However much
 * is wrong with the input, and however long its own names are, little is said about it.
 */
export function invalidInput(all: readonly FieldIssue[]): AppError {
  const issues = all.slice(0, MAX_ISSUES).map(({ path, message }) => ({
    path: shortened(path, MAX_PATH),
    message: shortened(message, MAX_MESSAGE),
  }))
  const summary = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message))
  return new AppError('invalid_input', shortened(summary.join('; '), MAX_SUMMARY), { issues })
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`
}

export function notFound(what: string): AppError {
  return new AppError('not_found', `${what} was not found.`)
}
