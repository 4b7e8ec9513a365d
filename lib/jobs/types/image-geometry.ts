import { MAX_PIXELS, megapixels } from '@/lib/files/limits'
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
