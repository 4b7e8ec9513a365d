import { AppError } from '@/lib/errors/app-error'
import { StorageError } from '@/lib/storage/storage-error'

/** What a person hears of a storage's failure; other errors are handed through. */
export function storageAppError(error: unknown): unknown {
  if (!(error instanceof StorageError)) return error
  if (error.code === 'missing') {
    return new AppError('not_found', 'The content of this file is gone.', { cause: error })
  }
  const message =
    error.code === 'full'
      ? 'There is no room left to store files.'
      : 'The file storage does not answer now. Try again in a moment.'
  return new AppError('unavailable', message, { cause: error })
}
