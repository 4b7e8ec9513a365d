import type { Readable } from 'node:stream'
import { config } from '@/lib/config/config'
import { LocalStorage } from './local'
import { S3Storage } from './s3'

export type PutOptions = {
  contentType: string
  /** Length of the content where the caller knows it. */
  bytes?: number
  /** Aborting stops the write; nothing is left under the key. */
  signal?: AbortSignal
}

/**
 * Keeps the bytes of files under keys of our own making (see `keys.ts`).
 * Every failure is a `StorageError`, except an abort, which throws the signal's reason.
 */
export interface Storage {
  /** Where the bytes are, for people, e.g. `S3 bucket photos`. */
  readonly place: string
  /**
   * Stores the whole stream, replacing what was under the key; other readers see the old bytes or
   * the new, never a part.
   * @returns the number of bytes stored
   */
  put(key: string, content: Readable, options: PutOptions): Promise<number>
  /** @throws {StorageError} `missing` when nothing is stored under the key */
  get(key: string, options?: { signal?: AbortSignal }): Promise<Readable>
  /**
   * Makes the bytes a local file, as cheaply as the place allows; the caller only reads it.
   * @throws {StorageError} `missing` when nothing is stored under the key
   */
  copyTo(file: string, key: string, options?: { signal?: AbortSignal }): Promise<void>
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>
  /** Resolves when files can be stored now; answers within a few seconds either way. */
  check(): Promise<void>
}

let current: Storage | undefined

/** The storage of this process: S3 when a bucket is configured, else the data directory. */
export function storage(): Storage {
  const { s3, dataDir } = config()
  current ??= s3 ? new S3Storage(s3) : new LocalStorage(dataDir)
  return current
}
