/** Folders and a name of lower-case letters, digits, `-`: no dot, so no key can climb out. */
const key = /^[a-z0-9-]{1,64}(\/[a-z0-9-]{1,64}){1,3}$/

/** Where an upload's bytes are kept; spread over folders so that none grows without limit. */
export function uploadKey(fileId: string): string {
  return `uploads/${fileId.slice(-2)}/${fileId}`
}

/** Where a job's result is kept: the same key for every attempt, so that one result is left. */
export function resultKey(jobId: string): string {
  return `results/${jobId.slice(-2)}/${jobId}`
}

/** @throws {TypeError} for a key that is not of our making */
export function assertKey(value: string): void {
  if (!key.test(value)) throw new TypeError('This is not a storage key')
}
