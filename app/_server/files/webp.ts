import type { ByteSource } from './byte-source'
import { chunksOf } from './chunks'
import { EXIF_BYTES, exifOrientation } from './exif'
import type { ImageHeader, ImageSize } from './image-size'

/**
 * The header of a WebP. Its orientation usually is in its last part.
 * @throws {RangeError} when it ends too early
 */
export async function webpHeader(source: ByteSource): Promise<ImageHeader | undefined> {
  const size = firstSize(await source.read(0, 30))
  if (!size) return undefined
  const chunks = chunksOf(source, 12, (part, at) => {
    const length = part.readUInt32LE(4)
    const end = at + 8 + length + (length % 2)
    return { type: part.toString('latin1', 0, 4), at: at + 8, length, end }
  })
  for await (const { type, at, length } of chunks) {
    if (type !== 'EXIF') continue
    const block = await source.read(at, Math.min(length, EXIF_BYTES))
    return { ...size, orientation: exifOrientation(block) }
  }
  return size
}

/** Of the first part, which is the picture, or says what the picture's parts are to make. */
function firstSize(head: Buffer): ImageSize | undefined {
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = head.readUInt32LE(21)
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
    }
    case 'VP8X':
      return { width: 1 + head.readUIntLE(24, 3), height: 1 + head.readUIntLE(27, 3) }
    default:
      return undefined
  }
}
