import sharp, { type OverlayOptions } from 'sharp'
import type { Size } from '@/lib/jobs/types/image-geometry'
import { readOptions } from './open'
import type { Watermark } from './passes'
import { textOverlay } from './text-overlay'

/** How much of the picture below a watermark covers. */
const OPACITY = 0.7
/** Share of the picture's sides a watermark image takes at most. */
const IMAGE_SHARE = 0.3
/** Space to the edge, as a share of the picture's shorter side. */
const MARGIN = 0.03

/**
 * A watermark as an overlay for a picture of this size.
 * @param imagePath the watermark's own image, unless it is text
 */
export async function overlayFor(
  watermark: Watermark,
  picture: Size,
  imagePath: string | undefined,
): Promise<OverlayOptions> {
  const drawn = imagePath
    ? await imageOverlay(imagePath, picture)
    : await textOverlay(watermark.text ?? '', picture)
  const { data, info } = await sharp(drawn)
    .ensureAlpha()
    .resize({ ...picture, fit: 'inside', withoutEnlargement: true })
    .linear([1, 1, 1, OPACITY], [0, 0, 0, 0])
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true })
  return { input: data, ...placement(watermark.gravity, picture, info) }
}

function imageOverlay(path: string, picture: Size): Promise<Buffer> {
  return sharp(path, readOptions)
    .autoOrient()
    .resize({
      width: Math.max(1, Math.round(picture.width * IMAGE_SHARE)),
      height: Math.max(1, Math.round(picture.height * IMAGE_SHARE)),
      fit: 'inside',
      withoutEnlargement: true,
    })
    .toColourspace('srgb')
    .ensureAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer()
}

/** Upper left corner of an overlay that lies in a corner, at a side or in the middle. */
function placement(
  gravity: Watermark['gravity'],
  picture: Size,
  overlay: Size,
): { left: number; top: number } {
  const margin = Math.round(Math.min(picture.width, picture.height) * MARGIN)
  const across = gravity.endsWith('west') ? 'start' : gravity.endsWith('east') ? 'end' : 'middle'
  const down = gravity.startsWith('north')
    ? 'start'
    : gravity.startsWith('south')
      ? 'end'
      : 'middle'
  return {
    left: offset(across, picture.width - overlay.width, margin),
    top: offset(down, picture.height - overlay.height, margin),
  }
}

function offset(where: 'start' | 'middle' | 'end', room: number, margin: number): number {
  if (where === 'middle' || room < 2 * margin) return Math.round(room / 2)
  return where === 'start' ? margin : room - margin
}
