import type { ByteSource } from './byte-source'
import { chunksOf } from './chunks'
import { EXIF_BYTES, exifOrientation } from './exif'
import type { ImageHeader } from './image-size'

/**
 * The header of a PNG. Its orientation has to stand before the pixels to count.
 * @throws {RangeError} when it ends too early
 */
export async function pngHeader(source: ByteSource): Promise<ImageHeader | undefined> {
  const head = await source.read(0, 24)
  if (head.toString('latin1', 12, 16) !== 'IHDR') return undefined
  const size = { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
  const chunks = chunksOf(source, 8, (part, at) => {
    const length = part.readUInt32BE(0)
    return { type: part.toString('latin1', 4, 8), at: at + 8, length, end: at + 12 + length }
  })
  for await (const { type, at, length } of chunks) {
    if (type === 'IDAT') break
    if (type !== 'eXIf') continue
    const block = await source.read(at, Math.min(length, EXIF_BYTES))
    return { ...size, orientation: exifOrientation(block) }
  }
  return size
}
