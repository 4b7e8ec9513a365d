import { createWriteStream } from 'node:fs'
import { addAbortSignal, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import type { S3Config } from '@/lib/config/parse'
import { assertKey } from './keys'
import { s3Error } from './s3-error'
import type { PutOptions, Storage } from './storage'
import { StorageError, systemCode } from './storage-error'

const CONNECT_LIMIT_MS = 3_000
/** Longest silence on a connection, while sending and while receiving. */
const IDLE_LIMIT_MS = 15_000
const CHECK_LIMIT_MS = 3_000
const ATTEMPTS_PER_REQUEST = 2

/** Objects in one bucket of Amazon S3 or a compatible server. The client is loaded at first use. */
export class S3Storage implements Storage {
  readonly place: string
  readonly #config: S3Config
  #client: Promise<S3Client> | undefined

  constructor(config: S3Config) {
    this.#config = config
    this.place = `S3 bucket ${config.bucket}`
  }

  async put(key: string, content: Readable, options: PutOptions): Promise<number> {
    assertKey(key)
    const { Upload } = await import('@aws-sdk/lib-storage')
    const source: Source = { bytes: 0 }
    const params = {
      Bucket: this.#config.bucket,
      Key: key,
      Body: Readable.from(counted(content, source), { objectMode: false }),
      ContentType: options.contentType,
    }
    const stop = new AbortController()
    const abort = () => stop.abort()
    options.signal?.addEventListener('abort', abort, { once: true })
    try {
      options.signal?.throwIfAborted()
      const client = await this.#connect()
      // One part at a time: a worker that stores several results keeps one part of each in memory.
      await new Upload({ client, params, queueSize: 1, abortController: stop }).done()
      return source.bytes
    } catch (error) {
      content.destroy()
      options.signal?.throwIfAborted()
      throw source.failure ?? s3Error(error, this.place)
    } finally {
      options.signal?.removeEventListener('abort', abort)
    }
  }

  async get(key: string, { signal }: { signal?: AbortSignal } = {}): Promise<Readable> {
    assertKey(key)
    const { GetObjectCommand } = await import('@aws-sdk/client-s3')
    try {
      const client = await this.#connect()
      const command = new GetObjectCommand({ Bucket: this.#config.bucket, Key: key })
      const { Body } = await client.send(command, { abortSignal: signal })
      if (!(Body instanceof Readable)) throw new TypeError('S3 answered without content')
      return signal ? addAbortSignal(signal, Body) : Body
    } catch (error) {
      signal?.throwIfAborted()
      throw s3Error(error, this.place)
    }
  }

  async copyTo(file: string, key: string, options: { signal?: AbortSignal } = {}): Promise<void> {
    const content = await this.get(key, options)
    try {
      await pipeline(content, createWriteStream(file, { flags: 'wx' }), options)
    } catch (error) {
      options.signal?.throwIfAborted()
      throw systemCode(error) === 'ENOSPC' ? error : s3Error(error, this.place)
    }
  }

  async remove(key: string): Promise<void> {
    assertKey(key)
    const { DeleteObjectCommand } = await import('@aws-sdk/client-s3')
    try {
      const client = await this.#connect()
      await client.send(new DeleteObjectCommand({ Bucket: this.#config.bucket, Key: key }))
    } catch (error) {
      const failure = s3Error(error, this.place)
      if (!(failure instanceof StorageError && failure.code === 'missing')) throw failure
    }
  }

  async check(): Promise<void> {
    const { HeadBucketCommand } = await import('@aws-sdk/client-s3')
    try {
      const client = await this.#connect()
      await client.send(new HeadBucketCommand({ Bucket: this.#config.bucket }), {
        abortSignal: AbortSignal.timeout(CHECK_LIMIT_MS),
      })
    } catch (error) {
      throw s3Error(error, this.place)
    }
  }

  #connect(): Promise<S3Client> {
    this.#client ??= createClient(this.#config)
    return this.#client
  }
}

async function createClient({ region, endpoint, credentials }: S3Config): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3')
  return new S3Client({
    region,
    ...(credentials ? { credentials } : {}),
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    maxAttempts: ATTEMPTS_PER_REQUEST,
    // Several compatible servers refuse the checksums newer clients add without need.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_LIMIT_MS, socketTimeout: IDLE_LIMIT_MS },
  })
}

/** What came through so far, and why the caller's stream failed, if it did. */
type Source = { bytes: number; failure?: unknown }

async function* counted(content: Readable, source: Source): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of content) {
      source.bytes += chunk.length
      yield chunk
    }
  } catch (error) {
    source.failure = error
    throw error
  }
}
