import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '@/lib/errors/app-error'
import { MAX_UPLOAD_BYTES } from '@/lib/files/limits'
import { StorageError, systemCode } from '@/lib/storage/storage-error'

/** What a request's body or a form's file comes as. */
export type ByteStream = Readable | ReadableStream<Uint8Array>

/**
 * Writes an upload to a new file and stops as soon as it is too large.
 * @throws {AppError} `too_large`
 * @throws {StorageError} `full`
 */
export async function receive(
  stream: ByteStream,
  file: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const source = stream instanceof Readable ? stream : Readable.from(chunksOf(stream))
  try {
    await pipeline(source, limited(), createWriteStream(file, { flags: 'wx' }), { signal })
  } catch (error) {
    if (systemCode(error) !== 'ENOSPC') throw error
    throw new StorageError('full', 'The disk for incoming files is full.', error)
  }
}

function limited(): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes <= MAX_UPLOAD_BYTES) return done(null, chunk)
      const megabytes = MAX_UPLOAD_BYTES / 1024 / 1024
      done(new AppError('too_large', `This file is larger than ${megabytes} MB.`))
    },
  })
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let ended = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      ended = done
      if (done) return
      yield value
    }
  } finally {
    // Tells the sender to stop when we did.
    if (!ended) await reader.cancel().catch(() => undefined)
  }
}
