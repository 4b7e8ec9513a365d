import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { sniffImage } from '@/lib/files/content-type'
import { imageSize } from '@/lib/files/image-size'

const formats = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const

function picture(format: (typeof formats)[number], orientation?: number): Promise<Buffer> {
  const plain = sharp({ create: { width: 31, height: 17, channels: 4, background: '#0a85' } })
  return (orientation ? plain.withMetadata({ orientation }) : plain).toFormat(format).toBuffer()
}

describe('size of an image from its header', () => {
  it.each(formats)('is told from a %s', async (format) => {
    const file = await picture(format)
    expect(sniffImage(file)).toBe(`image/${format}`)
    expect(imageSize(file, `image/${format}`)).toEqual({ width: 31, height: 17 })
  })

  const turned = formats.flatMap((format) => [2, 3, 6, 8].map((way) => [format, way] as const))
  it.each(turned)('agrees with sharp on a %s with orientation %i', async (format, orientation) => {
    const file = await picture(format, orientation)
    const { autoOrient } = await sharp(file).metadata()
    expect(imageSize(file, `image/${format}`)).toEqual(autoOrient)
  })

  it.each(formats)('is unknown for a %s that ends early, never a fault', async (format) => {
    const file = await picture(format)
    for (let length = 0; length < Math.min(file.length, 120); length++) {
      expect(() => imageSize(file.subarray(0, length), `image/${format}`)).not.toThrow()
    }
    expect(imageSize(file.subarray(0, 8), `image/${format}`)).toBeUndefined()
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
