import type { ByteSource } from './byte-source'
import { exifOrientation } from './exif'
import type { ImageHeader } from './image-size'

/** Most segments before the picture; a photo with a depth map in its metadata has some two hundred. */
const MAX_SEGMENTS = 1_000

const APP1 = 0xe1
/** Frames of every way to code, without the tables among their numbers. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/**
 * The header of a JPEG, from its segments up to the picture.
 * @returns undefined when there is no picture among the first of them
 * @throws {RangeError} when it ends too early
 */
export async function jpegHeader(source: ByteSource): Promise<ImageHeader | undefined> {
  let at = 2
  let exif: Buffer | undefined
  for (let count = 0; count < MAX_SEGMENTS; count++) {
    const head = await source.read(at, 9)
    if (head.readUInt8(0) !== 0xff) return undefined
    const marker = head.readUInt8(1)
    // Bytes like this may stand before a marker.
    const length = marker === 0xff ? -1 : head.readUInt16BE(2)
    if (marker !== 0xff && length < 2) return undefined
    if (isFrame(marker)) {
      const size = { width: head.readUInt16BE(7), height: head.readUInt16BE(5) }
      return { ...size, orientation: exif && exifOrientation(exif) }
    }
    const isExif = marker === APP1 && head.toString('latin1', 4, 8) === 'Exif'
    if (isExif) exif ??= await source.read(at + 4, length - 2)
    at += 2 + length
  }
  return undefined
}
