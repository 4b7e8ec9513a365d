import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chmod, copyFile, type FileHandle, link, mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { LimitPassed, withTimeLimit } from '@/lib/time/limit'
import { assertKey } from './keys'
import type { PutOptions, Storage } from './storage'
import { StorageError, systemCode } from './storage-error'

const CHECK_LIMIT_MS = 3_000
/** Bytes read at once: eight times the default of Node.js halves the time a copy takes. */
const CHUNK_BYTES = 512 * 1024

/** Other users of the machine can neither enter a folder nor read a file. */
const FOLDER = { recursive: true, mode: 0o700 } as const
const FILE_MODE = 0o600

/** Files under `<dataDir>/files`; written beside their place, flushed to disk and then renamed. */
export class LocalStorage implements Storage {
  readonly place = 'The data directory'
  readonly #root: string
  readonly #incoming: string
  #closed: Promise<void> | undefined

  constructor(dataDir: string) {
    this.#root = path.join(dataDir, 'files')
    this.#incoming = path.join(this.#root, 'incoming')
  }

  async put(key: string, content: Readable, { signal }: PutOptions): Promise<number> {
    const target = this.#pathOf(key)
    const partial = path.join(this.#incoming, randomUUID())
    try {
      this.#closed ??= closeToOthers(this.#root)
      await this.#closed
      await mkdir(this.#incoming, FOLDER)
      await mkdir(path.dirname(target), FOLDER)
      const bytes = await writeDurably(partial, content, signal)
      await rename(partial, target)
      await syncFolder(path.dirname(target))
      return bytes
    } catch (error) {
      content.destroy()
      await rm(partial, { force: true })
      signal?.throwIfAborted()
      throw storageError(error)
    }
  }

  async get(key: string, { signal }: { signal?: AbortSignal } = {}): Promise<Readable> {
    let file: FileHandle
    try {
      file = await open(this.#pathOf(key), 'r')
    } catch (error) {
      throw storageError(error)
    }
    return file.createReadStream({ signal, highWaterMark: CHUNK_BYTES })
  }

  async copyTo(file: string, key: string): Promise<void> {
    const source = this.#pathOf(key)
    try {
      // A second name costs nothing, and keeps the bytes even if the first is removed meanwhile.
      await link(source, file).catch(() => copyFile(source, file))
    } catch (error) {
      throw storageError(error)
    }
  }

  async remove(key: string): Promise<void> {
    try {
      await rm(this.#pathOf(key), { force: true })
    } catch (error) {
      throw storageError(error)
    }
  }

  async check(): Promise<void> {
    const key = `checks/${randomUUID()}`
    const writeAndRemove = async () => {
      await this.put(key, Readable.from([Buffer.from('ok')]), { contentType: 'text/plain' })
      await this.remove(key)
    }
    await withTimeLimit(CHECK_LIMIT_MS, writeAndRemove).catch((error: unknown) => {
      if (!(error instanceof LimitPassed)) throw error
      const late = `${this.place} did not answer in ${CHECK_LIMIT_MS / 1_000} s.`
      throw new StorageError('unavailable', late)
    })
  }

  #pathOf(key: string): string {
    assertKey(key)
    return path.join(this.#root, key)
  }
}

/** Files were open to others once: nobody gets at them through a folder that is closed. */
async function closeToOthers(root: string): Promise<void> {
  await chmod(root, FOLDER.mode).catch((error: unknown) => {
    // It is not there yet, or its owner is somebody else, whose it is to say.
    if (!['ENOENT', 'EPERM', 'ENOTSUP'].includes(systemCode(error) ?? '')) throw error
  })
}

/** Writes and flushes a new file, and returns its length in bytes. */
async function writeDurably(file: string, content: Readable, signal: AbortSignal | undefined) {
  const output = createWriteStream(file, { flags: 'wx', flush: true, mode: FILE_MODE })
  await pipeline(content, output, { signal })
  return output.bytesWritten
}

/** Makes the rename itself survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some file systems, and Windows, cannot flush a folder: the rename is then as durable as it gets.
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes(systemCode(error) ?? '')) throw error
  } finally {
    await handle.close()
  }
}

function storageError(error: unknown): unknown {
  switch (systemCode(error)) {
    case 'ENOENT':
      return new StorageError('missing', 'The stored file is gone.', error)
    case 'ENOSPC':
    case 'EDQUOT':
      return new StorageError('full', 'The disk that holds the files is full.', error)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StorageError('unavailable', 'The data directory cannot be written.', error)
    case undefined:
      return error
    default:
      return new StorageError('unavailable', 'The data directory did not accept the file.', error)
  }
}
