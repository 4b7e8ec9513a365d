import type { ImageContentType } from '@/lib/files/content-type'
import { avifSize } from './avif'
import type { ByteSource } from './byte-source'
import { isQuarterTurn } from './exif'
import { jpegHeader } from './jpeg'
import { pngHeader } from './png'
import { webpHeader } from './webp'

export type ImageSize = { width: number; height: number }

/** What a header says: the size as it is stored, and the orientation, if any, that people see it in. */
export type ImageHeader = ImageSize & { orientation?: number | undefined }

/**
 * Size of an image as a person sees it, in pixels: its orientation is taken into account.
 * Reads headers only, and only so many parts of them; no pixel is decoded.
 * @returns undefined when the header cannot be read
 */
export async function imageSize(
  source: ByteSource,
  contentType: ImageContentType,
): Promise<ImageSize | undefined> {
  try {
    return positive(await readers[contentType](source))
  } catch (error) {
    // A header that ends too early, or contradicts itself.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const readers: Record<ImageContentType, (source: ByteSource) => Promise<ImageHeader | undefined>> =
  {
    'image/jpeg': jpegHeader,
    'image/png': pngHeader,
    'image/webp': webpHeader,
    'image/avif': avifSize,
    'image/gif': gifHeader,
  }

async function gifHeader(source: ByteSource): Promise<ImageHeader> {
  const head = await source.read(0, 10)
  return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) }
}

function positive(header: ImageHeader | undefined): ImageSize | undefined {
  if (!header || header.width <= 0 || header.height <= 0) return undefined
  const { width, height } = header
  return isQuarterTurn(header.orientation) ? { width: height, height: width } : { width, height }
}
