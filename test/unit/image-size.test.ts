import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { bufferSource, withFileSource } from '@/app/_server/files/byte-source'
import { imageSize as sizeOf } from '@/app/_server/files/image-size'
import { type ImageContentType, sniffImage } from '@/lib/files/content-type'

const formats = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const

const imageSize = (file: Buffer, type: ImageContentType) => sizeOf(bufferSource(file), type)

function picture(format: (typeof formats)[number], orientation?: number): Promise<Buffer> {
  const plain = sharp({ create: { width: 31, height: 17, channels: 4, background: '#0a85' } })
  return (orientation ? plain.withMetadata({ orientation }) : plain).toFormat(format).toBuffer()
}

describe('size of an image from its header', () => {
  it.each(formats)('is told from a %s', async (format) => {
    const file = await picture(format)
    expect(sniffImage(file)).toBe(`image/${format}`)
    expect(await imageSize(file, `image/${format}`)).toEqual({ width: 31, height: 17 })
  })

  const turned = formats.flatMap((format) => [2, 3, 6, 8].map((way) => [format, way] as const))
  it.each(turned)('agrees with sharp on a %s with orientation %i', async (format, orientation) => {
    const file = await picture(format, orientation)
    const { autoOrient } = await sharp(file).metadata()
    expect(await imageSize(file, `image/${format}`)).toEqual(autoOrient)
  })

  it.each(formats)('is unknown for a %s that ends early, never a fault', async (format) => {
    const file = await picture(format)
    for (let length = 0; length < Math.min(file.length, 120); length++) {
      await imageSize(file.subarray(0, length), `image/${format}`)
    }
    expect(await imageSize(file.subarray(0, 8), `image/${format}`)).toBeUndefined()
  })
})

describe('a crafted file of 20 MB', () => {
  const BYTES = 20 * 1024 * 1024
  const filled = (head: Buffer, piece: Buffer) => Buffer.concat([head, Buffer.alloc(BYTES, piece)])
  const box = (type: string, content: Buffer, size = content.length + 8) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(size)
    head.write(type, 4, 'latin1')
    return Buffer.concat([head, content])
  }
  const ftyp = box('ftyp', Buffer.from('avif\0\0\0\0avif', 'latin1'))
  const smallest = box('free', Buffer.alloc(0))
  const meta = Buffer.concat([Buffer.alloc(4), Buffer.alloc(1024 * 1024 - 16, smallest)])
  const header = Buffer.from('RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0\x08\0\0\x08\0\0', 'latin1')

  it.each<[string, ImageContentType, Buffer]>([
    [
      'JPEG of the smallest segments',
      'image/jpeg',
      filled(Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xe0, 0, 2])),
    ],
    ['JPEG of fill bytes', 'image/jpeg', filled(Buffer.from([0xff, 0xd8]), Buffer.from([0xff]))],
    [
      'JPEG of large metadata',
      'image/jpeg',
      filled(
        Buffer.from([0xff, 0xd8]),
        Buffer.concat([
          Buffer.from([0xff, 0xe1, 0xff, 0xff]),
          Buffer.from('Exif'),
          Buffer.alloc(65_529),
        ]),
      ),
    ],
    ['AVIF of the smallest boxes', 'image/avif', filled(ftyp, smallest)],
    [
      'AVIF with the smallest boxes inside',
      'image/avif',
      filled(Buffer.concat([ftyp, box('meta', meta)]), smallest),
    ],
    [
      'AVIF with a description of 20 MB',
      'image/avif',
      Buffer.concat([ftyp, box('meta', Buffer.alloc(4), BYTES), Buffer.alloc(BYTES)]),
    ],
    [
      'PNG of the smallest chunks',
      'image/png',
      filled(
        Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x1f\0\0\0\x11\x08\x02\0\0\0', 'latin1'),
        Buffer.alloc(12),
      ),
    ],
    [
      'WebP of the smallest chunks',
      'image/webp',
      filled(header, Buffer.from('ANMF\0\0\0\0', 'latin1')),
    ],
  ])('that is a %s takes little time and memory [S12]', async (_what, type, content) => {
    const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'crafted-')), 'image')
    await writeFile(file, content)
    let bytes = 0
    const start = process.cpuUsage()
    await withFileSource(file, (source) =>
      sizeOf(
        {
          ...source,
          read: async (at, length) => {
            const part = await source.read(at, length)
            bytes += part.length
            return part
          },
        },
        type,
      ),
    )
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1_000).toBeLessThan(250)
    expect(bytes).toBeLessThan(2 * 1024 * 1024)
    await rm(path.dirname(file), { recursive: true })
  })
})

describe('type of a file from its content', () => {
  it.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['an HTML page', '<!doctype html><title>x</title>'],
    ['a PDF', '%PDF-1.7'],
    ['a BMP', 'BM\u0000\u0000\u0000\u0000'],
    ['a HEIC', '\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1heic'],
    ['a short one', 'R'],
    ['nothing', ''],
  ])('refuses %s', (_what, content) => {
    expect(sniffImage(Buffer.from(content, 'latin1'))).toBeUndefined()
  })
})
