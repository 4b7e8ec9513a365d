import { mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deleteFile } from '@/app/_server/files/delete'
import { storeUpload } from '@/app/_server/files/upload'
import type { Viewer } from '@/lib/access/viewer'
import type { JobStatus } from '@/lib/db/generated/enums'
import { closePool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { getFile, listFiles, openFile } from '@/lib/files/read'
import { fileView } from '@/lib/files/view'
import { storage } from '@/lib/storage/storage'
import { plainPicture } from '@/test/support/images'
import { createJobRecord, createViewer } from '@/test/support/owner'
import { createDatabase } from '@/test/support/postgres'

let folder: string
let drop: () => Promise<void>
let ann: Viewer
let bob: Viewer
let admin: Viewer
let png: Buffer

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'files-test-'))
  const database = await createDatabase()
  Object.assign(process.env, { DATABASE_URL: database.url, DATA_DIR: folder, TMPDIR: folder })
  drop = database.drop
  ann = await createViewer()
  bob = await createViewer()
  admin = await createViewer('ADMIN')
  png = await plainPicture(12, 8).png().toBuffer()
})
afterAll(async () => {
  await closePool()
  await drop()
  await rm(folder, { recursive: true, force: true })
})

const upload = (content: Buffer = png, name = 'beach.png', viewer = ann) =>
  storeUpload(viewer, { name, stream: Readable.from([content]) })

/** How many files lie under the data directory, and whether anything temporary is left. */
async function left() {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).length
  return { files, temporary: (await readdir(folder)).filter((name) => name !== 'files') }
}

describe('an upload', () => {
  it('is stored under a key of our own with what its content says', async () => {
    const file = await upload(png, '../../Beach day.JPG')
    expect(fileView(file)).toEqual({
      id: file.id,
      kind: 'upload',
      name: 'Beach day.JPG.png',
      contentType: 'image/png',
      bytes: png.length,
      width: 12,
      height: 8,
      jobId: null,
      createdAt: file.createdAt.toISOString(),
    })
    expect(file.storageKey).toBe(`uploads/${file.id.slice(-2)}/${file.id}`)
    const { stream } = await openFile(ann, file.id)
    expect(await buffer(stream)).toEqual(png)
    expect((await left()).temporary).toEqual([])
  })

  it('is taken from a browser’s stream', async () => {
    const stream = new Blob([Uint8Array.from(png)]).stream()
    expect(await storeUpload(ann, { name: 'beach.png', stream })).toMatchObject({ width: 12 })
  })

  it.each([
    ['nothing', Buffer.alloc(0), 'This file is empty'],
    ['an SVG', Buffer.from('<svg/>'), 'Expected a JPEG, PNG, WebP, AVIF or GIF image'],
    ['a cut header', Buffer.from('GIF89a'), 'This image is damaged: its size cannot be read'],
  ])('is refused when it is %s, with the reason at `file`', async (_what, content, message) => {
    const before = await left()
    await expect(upload(content)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { issues: [{ path: 'file', message }] },
    })
    expect(await left()).toEqual(before)
  })

  it('may have 40 megapixels, and not one line more', async () => {
    const most = await plainPicture(8_000, 5_000).png().toBuffer()
    await expect(upload(most)).resolves.toMatchObject({ width: 8_000, height: 5_000 })
    const more = await plainPicture(8_000, 5_001).png().toBuffer()
    await expect(upload(more)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('40 are allowed'),
    })
  })

  it('is stopped at 20 MB, and the sender with it', async () => {
    let sent = 0
    const endless = Readable.from(
      (async function* () {
        for (;;) {
          sent += 1
          yield Buffer.alloc(1024 * 1024, sent === 1 ? png : 'x')
        }
      })(),
    )
    const before = await left()
    await expect(storeUpload(ann, { name: 'x.png', stream: endless })).rejects.toMatchObject({
      code: 'too_large',
      message: 'This file is larger than 20 MB.',
    })
    expect(sent).toBeLessThan(60)
    expect(await left()).toEqual(before)
  })

  it('leaves nothing behind when the sender goes away or the record fails', async () => {
    const before = await left()
    const broken = Readable.from(
      (async function* () {
        yield png
        throw new Error('aborted')
      })(),
    )
    await expect(storeUpload(ann, { name: 'x.png', stream: broken })).rejects.toThrow('aborted')
    const nobody: Viewer = { userId: uuidv7(), role: 'USER' }
    await expect(upload(png, 'x.png', nobody)).rejects.toThrow()
    expect(await left()).toEqual(before)
  })
})

describe('files', () => {
  it('are listed newest first, a page at a time, by kind', async () => {
    const viewer = await createViewer()
    const ids: string[] = []
    for (const name of ['a', 'b', 'c']) ids.unshift((await upload(png, name, viewer)).id)
    const first = await listFiles(viewer, { limit: 2, kind: 'upload' })
    const second = await listFiles(viewer, { limit: 2, cursor: first.nextCursor ?? '' })
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids)
    expect(second.nextCursor).toBeNull()
    expect((await listFiles(viewer, { limit: 2, kind: 'result' })).data).toEqual([])
  })

  it('are their owner’s and the admins’ only', async () => {
    const { id } = await upload()
    await expect(getFile(admin, id)).resolves.toMatchObject({ id })
    for (const call of [getFile, openFile, deleteFile]) {
      await expect(call(bob, id)).rejects.toMatchObject({ code: 'not_found' })
      await expect(call(ann, 'no-id')).rejects.toMatchObject({ code: 'not_found' })
    }
    expect((await listFiles(bob, { limit: 100 })).data).toEqual([])
    expect((await listFiles(admin, { limit: 100 })).data.map((file) => file.id)).toContain(id)
    await expect(getFile(ann, id)).resolves.toMatchObject({ id })
  })

  it('are gone with their bytes once deleted', async () => {
    const { id, storageKey } = await upload()
    await deleteFile(ann, id)
    await expect(getFile(ann, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(storage().get(storageKey)).rejects.toMatchObject({ code: 'missing' })
    await expect(deleteFile(ann, id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('say so when their bytes are gone', async () => {
    const { id, storageKey } = await upload()
    await storage().remove(storageKey)
    await expect(openFile(ann, id)).rejects.toMatchObject({
      name: 'AppError',
      code: 'not_found',
      message: 'The content of this file is gone.',
    })
  })

  it.each([
    ['SCHEDULED', true],
    ['QUEUED', true],
    ['ACTIVE', true],
    ['RETRYING', true],
    ['COMPLETED', false],
    ['FAILED', false],
    ['CANCELED', false],
  ] as const)('a job that is %s needs: kept is %s', async (status: JobStatus, kept) => {
    const source = await upload()
    const logo = await upload()
    const other = await upload()
    const input = {
      fileId: source.id,
      operations: [
        { type: 'resize', width: 5 },
        { type: 'watermark', fileId: logo.id },
      ],
    }
    const jobId = await createJobRecord(ann.userId, 'image', input, status)
    for (const { id } of [source, logo]) {
      if (kept) {
        await expect(deleteFile(ann, id)).rejects.toMatchObject({
          code: 'conflict',
          message: expect.stringContaining('Test image'),
        })
      } else {
        await expect(deleteFile(ann, id)).resolves.toBeUndefined()
      }
    }
    await deleteFile(ann, other.id)
    await prisma().job.delete({ where: { id: jobId } })
  })
})
