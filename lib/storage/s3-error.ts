import { StorageError } from './storage-error'

const FULL = new Set(['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage'])

/** Turns what the AWS client throws into a `StorageError`, or hands a fault of ours through. */
export function s3Error(error: unknown, place: string): unknown {
  if (!(error instanceof Error) || error instanceof TypeError) return error
  const { name } = error
  // A request for a bucket alone is answered with `NotFound`, one for an object with `NoSuchKey`.
  if (name === 'NoSuchBucket' || name === 'NotFound') {
    return unavailable(`${place} does not exist.`, error)
  }
  if (name === 'NoSuchKey') return new StorageError('missing', 'The stored file is gone.', error)
  if (FULL.has(name) || statusOf(error) === 507) {
    return new StorageError('full', `${place} is full.`, error)
  }
  if (name === 'TimeoutError' || name === 'AbortError') {
    return unavailable(`${place} did not answer in time.`, error)
  }
  const status = statusOf(error)
  const reason = status ? `${name}, status ${status}` : 'no connection'
  return unavailable(`${place} did not do what was asked (${reason}).`, error)
}

function unavailable(message: string, cause: Error): StorageError {
  return new StorageError('unavailable', message, cause)
}

/** HTTP status of the answer the error was made from, where there was one. */
function statusOf(error: Error): number | undefined {
  if (!('$metadata' in error)) return undefined
  const metadata = error.$metadata
  if (typeof metadata !== 'object' || metadata === null) return undefined
  const status = 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined
  return typeof status === 'number' ? status : undefined
}
