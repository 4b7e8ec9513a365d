import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authSecret, openDataDir } from '@/bin/launcher/data-dir'
import { LocalStorage } from '@/lib/storage/local'
import { S3Storage } from '@/lib/storage/s3'
import type { Storage } from '@/lib/storage/storage'
import { type S3Server, startS3 } from '@/test/support/s3'

const key = 'uploads/0a/file-1'
const text = { contentType: 'text/plain' }
const from = (...chunks: (string | Buffer)[]) =>
  Readable.from(chunks.map((chunk) => Buffer.from(chunk)))

let folder: string
let server: S3Server
const places: Record<string, () => Storage> = {
  disk: () => new LocalStorage(folder),
  s3: () => s3At(server.endpoint),
}

function s3At(endpoint: string, bucket = server.bucket): Storage {
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
  return new S3Storage({ bucket, endpoint, region: 'us-east-1', credentials })
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'millrace-storage-'))
  server = await startS3()
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

describe.each(Object.keys(places))('storage on %s', (name) => {
  const storage = () => places[name]?.() ?? s3At(server.endpoint)

  it('gives back what was put, counts it, and replaces it', async () => {
    expect(await storage().put(key, from('hello ', 'world'), text)).toBe(11)
    expect(String(await buffer(await storage().get(key)))).toBe('hello world')
    await storage().put(key, from('again'), text)
    expect(String(await buffer(await storage().get(key)))).toBe('again')
  })

  it('makes a local file of what is stored, also when that is removed afterwards', async () => {
    await storage().put(key, from('hello'), text)
    const copy = path.join(folder, `copy-${name}`)
    await storage().copyTo(copy, key)
    await storage().remove(key)
    expect(await readFile(copy, 'utf8')).toBe('hello')
    await expect(storage().copyTo(`${copy}-2`, key)).rejects.toMatchObject({ code: 'missing' })
  })

  it('stores more than one part', async () => {
    const part = Buffer.alloc(4 * 1024 * 1024, 'x')
    expect(await storage().put('uploads/0a/large', from(part, part, part), text)).toBe(
      12 * 1024 * 1024,
    )
    const stored = await buffer(await storage().get('uploads/0a/large'))
    expect(stored.length).toBe(12 * 1024 * 1024)
  })

  it('removes, twice without complaint, and says that a file is missing', async () => {
    await storage().put(key, from('x'), text)
    await storage().remove(key)
    await storage().remove(key)
    await expect(storage().get(key)).rejects.toMatchObject({
      name: 'StorageError',
      code: 'missing',
    })
  })

  it('refuses keys that are not its own', async () => {
    for (const bad of ['../etc/passwd', 'uploads/../../x', '/etc/passwd', 'uploads/a.b', '', 'a'])
      await expect(storage().put(bad, from('x'), text)).rejects.toThrow(TypeError)
  })

  it('keeps the old bytes and leaves nothing behind when the source fails', async () => {
    await storage().put(key, from('old'), text)
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from('new')
        throw new Error('The sender went away')
      })(),
    )
    await expect(storage().put(key, failing, text)).rejects.toThrow('The sender went away')
    expect(String(await buffer(await storage().get(key)))).toBe('old')
  })

  it('stops when the signal aborts, with its reason', async () => {
    const stop = new AbortController()
    const endless = Readable.from(
      (async function* () {
        yield Buffer.from('start')
        setTimeout(() => stop.abort(new Error('canceled')), 20)
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 5))
          yield Buffer.from('more')
        }
      })(),
    )
    const put = storage().put('uploads/0a/endless', endless, { ...text, signal: stop.signal })
    await expect(put).rejects.toThrow('canceled')
    expect(endless.destroyed).toBe(true)
    await expect(storage().get('uploads/0a/endless')).rejects.toMatchObject({ code: 'missing' })
  })

  it('is healthy', async () => {
    await expect(storage().check()).resolves.toBeUndefined()
  })
})

describe('disk', () => {
  it('says that the disk is full and leaves no partial file', async () => {
    const storage = new LocalStorage(folder)
    const full = Readable.from(
      (async function* () {
        yield Buffer.alloc(100_000)
        throw Object.assign(new Error('no space left on device, write'), {
          code: 'ENOSPC',
          syscall: 'write',
        })
      })(),
    )
    await expect(storage.put('uploads/0a/full', full, text)).rejects.toMatchObject({
      code: 'full',
      message: 'The disk that holds the files is full.',
    })
    expect(await readdir(path.join(folder, 'files', 'incoming'))).toEqual([])
  })
})

describe('S3 that does not answer', () => {
  let silent: Server
  let endpoint: string
  beforeAll(async () => {
    silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  })
  afterAll(() => {
    silent.close()
  })

  it('fails its health check within a few seconds', async () => {
    const started = Date.now()
    await expect(s3At(endpoint).check()).rejects.toMatchObject({ code: 'unavailable' })
    expect(Date.now() - started).toBeLessThan(5_000)
  })

  it('names a bucket that is not there', async () => {
    await expect(s3At(server.endpoint, 'no-such-bucket').check()).rejects.toMatchObject({
      code: 'unavailable',
      message: 'S3 bucket no-such-bucket does not exist.',
    })
  })

  it('is unavailable when nothing listens', async () => {
    await expect(s3At('http://127.0.0.1:9').get(key)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'S3 bucket millrace-test did not do what was asked (no connection).',
    })
  })
})

describe('the data directory', () => {
  const modeOf = async (file: string) => (await stat(file)).mode & 0o777

  it('lets no other user of the machine at files, nor at those from before [S21]', async () => {
    const dataDir = await mkdtemp(path.join(folder, 'open-'))
    const files = path.join(dataDir, 'files')
    await mkdir(files)
    await chmod(files, 0o755)
    await new LocalStorage(dataDir).put(key, from('hello'), text)
    expect(await modeOf(files)).toBe(0o700)
    expect(await modeOf(path.join(files, path.dirname(key)))).toBe(0o700)
    expect(await modeOf(path.join(files, key))).toBe(0o600)
  })

  it('is made for its owner alone, as its secrets are, also those from before [S21]', async () => {
    const dataDir = path.join(folder, 'parent', 'data')
    const { release } = await openDataDir(dataDir, 'cli')
    release()
    expect((await modeOf(dataDir)) & 0o066).toBe(0)
    const secret = authSecret(undefined, dataDir)
    const file = path.join(dataDir, 'auth-secret')
    expect(await modeOf(file)).toBe(0o600)
    await chmod(file, 0o644)
    expect(authSecret(undefined, dataDir)).toBe(secret)
    expect(await modeOf(file)).toBe(0o600)
  })
})
