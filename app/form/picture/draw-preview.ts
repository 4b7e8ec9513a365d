import { geometryProblem, type Size, sizeAfter } from '@/lib/jobs/types/image-geometry'
import type { ImageOperation } from '@/lib/jobs/types/image-input'
import { drawMark, type MarkSource } from './draw-mark'

/** Longest side of the picture that is worked on. */
const WORK_SIDE = 1_100

export type Drawn = { canvas: HTMLCanvasElement; size: Size }

/** A picture, and how many of its canvas's pixels one of its own is. */
type Work = { canvas: HTMLCanvasElement; size: Size; scale: number }

/**
 * What the job will make, scaled down.
 * @returns a sentence where a step cannot be done on this picture
 */
export async function drawPreview(
  source: ImageBitmap,
  operations: readonly ImageOperation[],
  markOf: (mark: Extract<ImageOperation, { type: 'watermark' }>) => Promise<MarkSource | undefined>,
): Promise<Drawn | string> {
  const size = { width: source.width, height: source.height }
  let work = blank(size)
  context(work.canvas).drawImage(source, 0, 0, work.canvas.width, work.canvas.height)
  for (const operation of operations) {
    const problem = geometryProblem(work.size, operation)
    if (problem) return problem
    if (operation.type === 'watermark') {
      const mark = await markOf(operation)
      if (mark) drawMark(work.canvas, mark, operation.gravity)
    } else {
      work = operation.type === 'crop' ? cropped(work, operation) : resized(work, operation)
    }
  }
  return { canvas: work.canvas, size: work.size }
}

function cropped(work: Work, crop: Extract<ImageOperation, { type: 'crop' }>): Work {
  const next = blank(crop)
  const { scale } = work
  context(next.canvas).drawImage(
    work.canvas,
    crop.left * scale,
    crop.top * scale,
    crop.width * scale,
    crop.height * scale,
    0,
    0,
    next.canvas.width,
    next.canvas.height,
  )
  return next
}

function resized(work: Work, resize: Extract<ImageOperation, { type: 'resize' }>): Work {
  const next = blank(sizeAfter(work.size, resize))
  const { width, height } = next.canvas
  const from = work.canvas
  const ratios = [width / from.width, height / from.height]
  const isCut = resize.fit === 'cover' || resize.fit === 'contain'
  const ratio = resize.fit === 'cover' ? Math.max(...ratios) : Math.min(...ratios)
  const drawn = isCut
    ? { width: from.width * ratio, height: from.height * ratio }
    : { width, height }
  const left = (width - drawn.width) / 2
  const top = (height - drawn.height) / 2
  context(next.canvas).drawImage(from, left, top, drawn.width, drawn.height)
  return next
}

function blank(size: Size): Work {
  const scale = Math.min(1, WORK_SIDE / Math.max(size.width, size.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(size.width * scale))
  canvas.height = Math.max(1, Math.round(size.height * scale))
  return { canvas, size: { width: size.width, height: size.height }, scale }
}

/** The canvas's pen. */
export function context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const found = canvas.getContext('2d')
  if (!found) throw new Error('This browser draws no canvas')
  found.imageSmoothingQuality = 'high'
  return found
}
