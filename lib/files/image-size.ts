import { imageSize as headerSize } from 'image-size'
import { avifSize } from './avif'
import type { ImageContentType } from './content-type'
import { exifOrientation, isQuarterTurn, pngExif, webpExif } from './exif'

export type ImageSize = { width: number; height: number }

/**
 * Size of an image as a person sees it, in pixels: its orientation is taken into account.
 * Reads headers only; no pixel is decoded.
 * @returns undefined when the header cannot be read
 */
export function imageSize(file: Buffer, contentType: ImageContentType): ImageSize | undefined {
  try {
    if (contentType === 'image/avif') return positive(avifSize(file))
    // A copy: the library reads past the end of a buffer that is part of a larger one.
    const { width, height, orientation } = headerSize(Uint8Array.from(file))
    const turned = isQuarterTurn(orientation ?? storedOrientation(file, contentType))
    return positive(turned ? { width: height, height: width } : { width, height })
  } catch {
    // The library and the readers throw on a header that ends too early or contradicts itself.
    return undefined
  }
}

function storedOrientation(file: Buffer, contentType: ImageContentType): number | undefined {
  const block =
    contentType === 'image/png'
      ? pngExif(file)
      : contentType === 'image/webp'
        ? webpExif(file)
        : undefined
  return block && exifOrientation(block)
}

function positive(size: ImageSize | undefined): ImageSize | undefined {
  return size && size.width > 0 && size.height > 0 ? size : undefined
}
