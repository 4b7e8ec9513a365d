import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storeUpload } from '@/app/_server/files/upload'
import type { Viewer } from '@/lib/access/viewer'
import { closePool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { openFile } from '@/lib/files/read'
import { catalog } from '@/lib/jobs/catalog'
import { type ImageInput, imageInput } from '@/lib/jobs/types/image-input'
import { storage } from '@/lib/storage/storage'
import { pixelAt, plainPicture, quarteredPicture } from '@/test/support/images'
import { jobContext } from '@/test/support/job-context'
import { createJobRecord, createViewer } from '@/test/support/owner'
import { createDatabase } from '@/test/support/postgres'
import { image } from '@/workers/handlers/image'
import { textOverlay } from '@/workers/handlers/image/text-overlay'

let folder: string
let drop: () => Promise<void>
let ann: Viewer

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'image-test-'))
  const database = await createDatabase()
  Object.assign(process.env, { DATABASE_URL: database.url, DATA_DIR: folder, TMPDIR: folder })
  // As on a slim container, which has no font of its own.
  process.env.FONTCONFIG_FILE = path.join(import.meta.dirname, '../support/no-fonts.conf')
  drop = database.drop
  ann = await createViewer()
})
afterAll(async () => {
  await closePool()
  await drop()
  await rm(folder, { recursive: true, force: true })
})

async function upload(picture: Sharp, name = 'beach.png') {
  return storeUpload(ann, { name, stream: Readable.from([await picture.toBuffer()]) })
}

type Asked = Partial<Omit<ImageInput, 'operations'>> & { fileId: string; operations?: unknown[] }

async function run(asked: Asked, given: { jobId?: string; signal?: AbortSignal } = {}) {
  const input = imageInput.parse({ operations: [], ...asked })
  const jobId = given.jobId ?? (await createJobRecord(ann.userId, 'image', input))
  const context = jobContext<'image'>(input, { ownerId: ann.userId, ...given, jobId })
  const result = await image(context)
  const { file, stream } = await openFile(ann, result.fileId)
  return { result, file, content: await buffer(stream), context, jobId }
}

const red = [255, 0, 0, 255]
const white = [255, 255, 255, 255]

describe('an image job', () => {
  it('does its operations in order and stores one described result', async () => {
    const source = await upload(quarteredPicture(200, 100).png())
    const { result, file, content, context } = await run({
      fileId: source.id,
      operations: [
        { type: 'resize', width: 100 },
        { type: 'crop', left: 40, top: 20, width: 20, height: 10 },
        { type: 'resize', width: 10, height: 10, fit: 'fill' },
      ],
      format: 'png',
    })
    expect(result).toEqual({
      fileId: file.id,
      width: 10,
      height: 10,
      bytes: content.length,
      format: 'png',
    })
    expect(file).toMatchObject({
      kind: 'RESULT',
      name: 'beach-resized-cropped.png',
      contentType: 'image/png',
      bytes: content.length,
      width: 10,
      height: 10,
    })
    expect(await pixelAt(content, 1, 1)).toEqual(red)
    expect(await pixelAt(content, 8, 8)).toEqual(white)
    expect(context.percents).toEqual([...context.percents].sort((a, b) => a - b))
  })

  it('leaves out where and with what a photo was taken; the original keeps it [S21]', async () => {
    const place = { GPSLatitude: '52/1 31/1 0/1', GPSLatitudeRef: 'N' }
    const photo = plainPicture(20, 10)
      .withExif({ IFD0: { Model: 'Camera' }, IFD3: place })
      .jpeg()
    const source = await upload(photo, 'photo.jpg')
    const original = await buffer((await openFile(ann, source.id)).stream)
    expect((await sharp(original).metadata()).exif).toBeDefined()
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      const { exif, xmp, iptc } = await sharp(
        (await run({ fileId: source.id, format })).content,
      ).metadata()
      expect({ exif, xmp, iptc }).toEqual({ exif: undefined, xmp: undefined, iptc: undefined })
    }
  })

  it('sees a photo the way a person does before it crops', async () => {
    const photo = quarteredPicture(40, 20).withMetadata({ orientation: 6 }).png()
    const source = await upload(photo)
    expect(source).toMatchObject({ width: 20, height: 40 })
    const { content, result } = await run({
      fileId: source.id,
      operations: [{ type: 'crop', left: 10, top: 0, width: 10, height: 20 }],
    })
    expect(result).toMatchObject({ width: 10, height: 20 })
    // A quarter turn to the right brings the upper left quarter to the upper right.
    expect(await pixelAt(content, 5, 2)).toEqual(red)
    expect(await pixelAt(content, 5, 17)).toEqual(red)
  })

  it.each([
    ['cover', 60, 30, 60, 30],
    ['contain', 60, 60, 60, 60],
    ['fill', 60, 60, 60, 60],
    ['inside', 60, 60, 60, 30],
    ['outside', 60, 60, 120, 60],
    ['cover', 333, undefined, 333, 167],
  ])('resizes to %s %i × %s', async (fit, width, height, toWidth, toHeight) => {
    const source = await upload(quarteredPicture(200, 100).png())
    const { result } = await run({
      fileId: source.id,
      operations: [{ type: 'resize', width, height, fit }],
    })
    expect(result).toMatchObject({ width: toWidth, height: toHeight })
  })

  it.each(['webp', 'avif', 'jpeg', 'png'] as const)('converts to %s', async (format) => {
    const source = await upload(quarteredPicture(64, 64).png())
    const { file, content } = await run({ fileId: source.id, format, quality: 90 })
    expect(file.contentType).toBe(`image/${format}`)
    const [r = 0, g = 255, b = 255] = await pixelAt(content, 8, 8)
    expect(r > 200 && g < 60 && b < 60).toBe(true)
  })

  it('keeps the format of its input, and takes the first frame of a GIF as a PNG', async () => {
    const webp = await upload(quarteredPicture(8, 8).webp())
    expect((await run({ fileId: webp.id })).result.format).toBe('webp')
    const gif = await upload(quarteredPicture(8, 8).gif())
    expect((await run({ fileId: gif.id })).result.format).toBe('png')
  })

  it('puts transparent pictures on white for JPEG', async () => {
    const background = { r: 0, g: 0, b: 0, alpha: 0 }
    const clear = sharp({ create: { width: 20, height: 20, channels: 4, background } })
    const source = await upload(clear.png())
    const { content } = await run({
      fileId: source.id,
      format: 'jpeg',
      operations: [{ type: 'resize', width: 60, height: 20, fit: 'contain' }],
    })
    expect(await pixelAt(content, 30, 10)).toEqual(white)
    expect(await pixelAt(content, 2, 2)).toEqual(white)
  })

  it('leaves one result however often it runs', async () => {
    const source = await upload(quarteredPicture(20, 20).png())
    const first = await run({ fileId: source.id })
    const second = await run({ fileId: source.id }, { jobId: first.jobId })
    expect(second.result.fileId).toBe(first.result.fileId)
    expect(await prisma().file.count({ where: { jobId: first.jobId } })).toBe(1)
  })
})

describe('a watermark', () => {
  /** How many pixels of a plain grey picture changed by more than noise, by half. */
  async function marked(content: Buffer, width: number, height: number) {
    const data = await sharp(content).removeAlpha().raw().toBuffer()
    const count = { upper: 0, lower: 0, light: 0, dark: 0 }
    for (let index = 0; index < width * height; index++) {
      const value = data[index * 3] ?? 0
      if (Math.abs(value - 0x99) < 16) continue
      count[index < (width * height) / 2 ? 'upper' : 'lower']++
      count[value > 0x99 ? 'light' : 'dark']++
    }
    return count
  }

  it.each(['Ann & <b>Bob</b> © 2026', 'Ünïcödé Ελλάδα', 'x'.repeat(200), '"\'\u0007;'])(
    'of text %j shows, light with a dark edge',
    async (text) => {
      const source = await upload(plainPicture(400, 300).png())
      const { content, result } = await run({
        fileId: source.id,
        operations: [{ type: 'watermark', text }],
      })
      expect(result).toMatchObject({ width: 400, height: 300 })
      const count = await marked(content, 400, 300)
      expect(count.upper).toBe(0)
      expect(count.light).toBeGreaterThan(10)
      expect(count.dark).toBeGreaterThan(10)
    },
  )

  it('is cut off with the part of the picture it lies on', async () => {
    const source = await upload(plainPicture(400, 300).png())
    const { content } = await run({
      fileId: source.id,
      operations: [
        { type: 'watermark', text: 'Ann', gravity: 'southeast' },
        { type: 'crop', left: 0, top: 0, width: 200, height: 150 },
      ],
    })
    expect(await marked(content, 200, 150)).toEqual({ upper: 0, lower: 0, light: 0, dark: 0 })
  })

  it('is drawn in letters, not in the boxes that stand for a missing font', async () => {
    const picture = { width: 1_000, height: 1_000 }
    const [thin, wide] = await Promise.all(
      ['ll', 'WW'].map(async (text) => sharp(await textOverlay(text, picture)).metadata()),
    )
    expect(wide?.width ?? 0).toBeGreaterThan(1.5 * (thin?.width ?? 0))
  })

  it.each([
    [1, 1],
    [3, 2],
    [2000, 3],
  ])('fits a picture of %i × %i', async (width, height) => {
    const source = await upload(plainPicture(width, height).png())
    const { result } = await run({
      fileId: source.id,
      operations: [{ type: 'watermark', text: 'A long watermark' }],
    })
    expect(result).toMatchObject({ width, height })
  })

  it('of an image lies where it is told, half transparent, after what came before', async () => {
    const source = await upload(plainPicture(400, 200).png())
    const logo = await upload(plainPicture(300, 300, '#ff0000').png(), 'logo.png')
    const { content, result } = await run({
      fileId: source.id,
      operations: [
        { type: 'watermark', fileId: logo.id, gravity: 'northwest' },
        { type: 'crop', left: 0, top: 0, width: 200, height: 200 },
        { type: 'resize', width: 100 },
      ],
    })
    expect(result).toMatchObject({ width: 100, height: 100 })
    const [r = 0, g = 0, b = 0] = await pixelAt(content, 15, 15)
    expect(r).toBeGreaterThan(0xd0)
    expect(g).toBe(b)
    expect(g).toBeGreaterThan(30)
    expect(g).toBeLessThan(60)
    expect(await pixelAt(content, 80, 80)).toEqual([0x99, 0x99, 0x99, 255])
  })
})

describe('the disk', () => {
  it('holds the files of two steps at most while a job of many runs [S13]', async () => {
    const source = await upload(quarteredPicture(20, 20).png())
    const mark = await upload(quarteredPicture(40, 40).png(), 'mark.png')
    const resizes = Array.from({ length: 8 }, (_, index) => [
      { type: 'resize', width: 600 + index, height: 600 },
      { type: 'watermark', fileId: mark.id },
    ])
    const passBytes = 620 * 600 * 4
    let most = 0
    const seen = new Set<number>()
    const look = async () => {
      // A folder may go while it is read.
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
        () => [],
      )
      const temporary = entries.filter(
        (entry) => entry.isFile() && !entry.parentPath.includes('files'),
      )
      const sizes = await Promise.all(
        temporary.map(({ parentPath, name }) =>
          stat(path.join(parentPath, name)).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      )
      const sum = sizes.reduce((total, size) => total + size, 0)
      seen.add(sum)
      most = Math.max(most, sum)
    }
    const timer = setInterval(() => void look(), 2)
    await run({ fileId: source.id, operations: resizes.flat() })
    clearInterval(timer)
    expect(seen.size).toBeGreaterThan(1)
    expect(most).toBeLessThan(2.5 * passBytes)
  })
})

describe('an image job that cannot work', () => {
  const permanent = (code: string) => ({ name: 'JobError', code, options: { retryable: false } })

  it('fails at once when its image is gone, or somebody else’s', async () => {
    const fileId = '019a0000-0000-7000-8000-000000000000'
    await expect(run({ fileId })).rejects.toMatchObject(permanent('file_gone'))
    const bob = await createViewer()
    const stream = Readable.from([await quarteredPicture(8, 8).png().toBuffer()])
    const his = await storeUpload(bob, { name: 'x.png', stream })
    await expect(run({ fileId: his.id })).rejects.toMatchObject(permanent('file_gone'))
  })

  it('fails at once when the bytes are gone', async () => {
    const source = await upload(quarteredPicture(8, 8).png())
    await storage().remove(source.storageKey)
    await expect(run({ fileId: source.id })).rejects.toMatchObject(permanent('file_gone'))
  })

  it.each([
    ['text', Buffer.from('no image'), 'not_an_image'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'not_an_image'],
    ['a header only', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'not_an_image'],
  ])('fails at once on %s', async (_what, content, code) => {
    const source = await upload(quarteredPicture(8, 8).png())
    await storage().put(source.storageKey, Readable.from([content]), { contentType: 'x' })
    await expect(run({ fileId: source.id })).rejects.toMatchObject(permanent(code))
  })

  it('fails at once on an image that ends early, and says so', async () => {
    const whole = await quarteredPicture(300, 300).jpeg().toBuffer()
    const stream = Readable.from([whole.subarray(0, whole.length / 2)])
    const half = await storeUpload(ann, { name: 'half.jpg', stream })
    const error = await run({ fileId: half.id, format: 'png' }).catch((caught) => caught)
    expect(error).toMatchObject(permanent('image_unreadable'))
    expect(error.message).toBe('“half.jpg” is damaged: it ends too early.')
  })

  it('fails at once on more than 40 megapixels', async () => {
    const source = await upload(quarteredPicture(8, 8).png())
    const huge = await plainPicture(8_001, 5_000).png({ compressionLevel: 1 }).toBuffer()
    await storage().put(source.storageKey, Readable.from([huge]), { contentType: 'image/png' })
    await expect(run({ fileId: source.id })).rejects.toMatchObject(permanent('image_too_large'))
  })

  it('fails at once on a crop that reaches outside, or a result too large', async () => {
    const source = await upload(quarteredPicture(20, 20).png())
    const crop = { type: 'crop', left: 15, top: 0, width: 6, height: 5 }
    const resize = { type: 'resize', width: 9_000, height: 9_000, fit: 'fill' }
    for (const operation of [crop, resize]) {
      await expect(run({ fileId: source.id, operations: [operation] })).rejects.toMatchObject(
        permanent('invalid_operation'),
      )
    }
  })

  it('fails at once on more work than one job may make of an image [S13]', async () => {
    const source = await upload(quarteredPicture(20, 20).png())
    const sides = Array.from({ length: 20 }, (_, index) => 6_000 + index)
    const operations = sides.map((side) => ({ type: 'resize', width: side, height: side }))
    await expect(run({ fileId: source.id, operations })).rejects.toMatchObject({
      ...permanent('too_much_work'),
      message: expect.stringContaining('at most 200 are allowed'),
    })
    const asked = imageInput.parse({ fileId: source.id, operations })
    const [preparation] = await catalog.image.prepare(prisma(), [asked], {
      ownerId: ann.userId,
      role: ann.role,
    })
    expect(preparation?.issues).toMatchObject([{ path: 'operations' }])
  })

  it('fails at once on an AVIF that is not of the size it says [S24]', async () => {
    const picture = await plainPicture(300, 200).avif({ effort: 0 }).toBuffer()
    const at = picture.indexOf('ispe') + 8
    for (const [width, height] of [
      [64, 48],
      [299, 200],
      [1_000, 900],
    ] as const) {
      const liar = Buffer.from(picture)
      liar.writeUInt32BE(width, at)
      liar.writeUInt32BE(height, at + 4)
      const source = await storeUpload(ann, { name: 'liar.avif', stream: Readable.from([liar]) })
      expect(source).toMatchObject({ width, height })
      const asked = { fileId: source.id, operations: [{ type: 'resize', width: 10 }] }
      const error = await run(asked).catch((caught) => caught)
      expect(error).toMatchObject(permanent('image_unreadable'))
      expect(error.message).toContain('heif')
    }
  })

  it('fails at once when the format cannot hold it', async () => {
    const source = await upload(plainPicture(16_400, 2).png())
    await expect(run({ fileId: source.id, format: 'webp' })).rejects.toMatchObject(
      permanent('too_large_for_format'),
    )
  })

  it('stops promptly when told to, and leaves nothing behind', async () => {
    const source = await upload(plainPicture(5_000, 4_000).png({ compressionLevel: 1 }))
    const stop = new AbortController()
    setTimeout(() => stop.abort('canceled'), 150)
    const started = Date.now()
    const slow = run({ fileId: source.id, format: 'avif' }, { signal: stop.signal })
    await expect(slow).rejects.toBe('canceled')
    expect(Date.now() - started).toBeLessThan(1_500)
    expect(await readdir(folder)).toEqual(['files'])
    expect(await prisma().file.count({ where: { kind: 'RESULT', width: 5_000 } })).toBe(0)
  })
})
