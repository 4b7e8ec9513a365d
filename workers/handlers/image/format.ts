import type { Sharp } from 'sharp'
import { permanentError } from '@/lib/jobs/job-error'
import type { Size } from '@/lib/jobs/types/image-geometry'

export type Format = 'webp' | 'avif' | 'jpeg' | 'png'

/** Longest side each format can hold, in pixels. */
const longestSide: Record<Format, number> = {
  webp: 16_383,
  avif: 16_384,
  jpeg: 65_535,
  png: 2_147_483_647,
}

export const fileEnding: Record<Format, string> = {
  webp: 'webp',
  avif: 'avif',
  jpeg: 'jpg',
  png: 'png',
}

/** The format asked for, or the input's own; the first frame of a GIF becomes a PNG. */
export function outputFormat(asked: Format | undefined, contentType: string): Format {
  if (asked) return asked
  switch (contentType) {
    case 'image/jpeg':
      return 'jpeg'
    case 'image/webp':
      return 'webp'
    case 'image/avif':
      return 'avif'
    default:
      return 'png'
  }
}

/** @throws {JobError} permanent, when the format cannot hold a picture of this size */
export function assertHolds(format: Format, { width, height }: Size): void {
  const limit = longestSide[format]
  if (width > limit || height > limit) {
    throw permanentError(
      'too_large_for_format',
      `${format.toUpperCase()} holds at most ${limit} pixels a side; this image has ${width} × ${height}.`,
    )
  }
}

/**
 * Sets what the pipeline writes.
 * @param quality 1 to 100; unset takes the format's usual value, and for PNG no loss at all
 */
export function encode(pipeline: Sharp, format: Format, quality: number | undefined): Sharp {
  switch (format) {
    case 'jpeg':
      return pipeline.jpeg({ quality: quality ?? 80 })
    case 'webp':
      return pipeline.webp({ quality: quality ?? 80 })
    case 'avif':
      // The default effort of 4 takes twice as long for a few per cent of size.
      return pipeline.avif({ quality: quality ?? 50, effort: 3 })
    case 'png':
      return pipeline.png(quality === undefined ? {} : { quality, palette: true })
  }
}
