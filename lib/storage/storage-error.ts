export type StorageErrorCode =
  /** Nothing is stored under the key. */
  | 'missing'
  /** No room is left. */
  | 'full'
  /** The storage did not do it, or not in time; another try may succeed. */
  | 'unavailable'

/** What went wrong with stored bytes, in a sentence for people; it names no path and no key. */
export class StorageError extends Error {
  override name = 'StorageError'
  constructor(
    readonly code: StorageErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause })
  }
}

/** The code of a system call's failure, e.g. `ENOENT`; undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
