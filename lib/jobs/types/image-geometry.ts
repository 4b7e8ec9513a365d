import { MAX_PIXELS, MAX_TOTAL_PIXELS, megapixels } from '@/lib/files/limits'
import type { ImageOperation } from './image-input'

export type Size = { width: number; height: number }

/** Size of the picture after an operation, to the pixel. */
export function sizeAfter(size: Size, operation: ImageOperation): Size {
  switch (operation.type) {
    case 'resize':
      return resizedSize(size, operation)
    case 'crop':
      return { width: operation.width, height: operation.height }
    case 'watermark':
      return size
  }
}

/** Why an operation cannot be done on a picture of this size, as a sentence; undefined when it can. */
export function geometryProblem(size: Size, operation: ImageOperation): string | undefined {
  if (operation.type === 'crop' && reachesOutside(size, operation)) {
    return `The crop reaches outside the image, which is ${size.width} × ${size.height} here`
  }
  const { width, height } = sizeAfter(size, operation)
  if (width * height > MAX_PIXELS) {
    return `The image would have ${megapixels(width, height)} megapixels (${width} × ${height}); at most ${MAX_PIXELS / 1e6} are allowed`
  }
  return undefined
}

/** Why operations are too much together, whatever each of them is; undefined when they are not. */
export function workProblem(
  source: Size,
  operations: readonly ImageOperation[],
): string | undefined {
  let size = source
  let pixels = 0
  for (const operation of operations) {
    size = sizeAfter(size, operation)
    pixels += size.width * size.height
  }
  if (pixels <= MAX_TOTAL_PIXELS) return undefined
  return `The operations make ${megapixels(pixels, 1)} megapixels together; at most ${MAX_TOTAL_PIXELS / 1e6} are allowed`
}

function reachesOutside(
  size: Size,
  crop: { left: number; top: number; width: number; height: number },
): boolean {
  return crop.left + crop.width > size.width || crop.top + crop.height > size.height
}

/** Without a height, and to fit `inside` or `outside`, the picture keeps its proportions. */
function resizedSize(
  size: Size,
  resize: { width: number; height?: number | undefined; fit: string },
): Size {
  if (resize.height === undefined) {
    return { width: resize.width, height: scaled(size.height, resize.width / size.width) }
  }
  if (resize.fit !== 'inside' && resize.fit !== 'outside') {
    return { width: resize.width, height: resize.height }
  }
  const ratios = [resize.width / size.width, resize.height / size.height]
  const ratio = resize.fit === 'inside' ? Math.min(...ratios) : Math.max(...ratios)
  return { width: scaled(size.width, ratio), height: scaled(size.height, ratio) }
}

function scaled(length: number, ratio: number): number {
  return Math.max(1, Math.round(length * ratio))
}
