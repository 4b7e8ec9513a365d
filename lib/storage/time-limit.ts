import { StorageError } from './storage-error'

/** @throws {StorageError} `unavailable` when `work` takes longer than `limitMs` */
export async function withTimeLimit<T>(
  work: Promise<T>,
  limitMs: number,
  place: string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new StorageError('unavailable', `${place} did not answer in ${limitMs / 1_000} s.`))
    }, limitMs)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
