/** Why Millrace cannot go on, as the one line a person reads on the terminal. */
export class Refusal extends Error {
  override name = 'Refusal'
}

/** The system's code of an error, e.g. `EACCES`. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

/** The first line of what went wrong, for a sentence of our own. */
export function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0])
  const text = error instanceof Error ? error.message : String(error)
  return text.trim().split('\n')[0] ?? ''
}
