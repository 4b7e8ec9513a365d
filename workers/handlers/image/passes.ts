import { permanentError } from '@/lib/jobs/job-error'
import type { Size } from '@/lib/jobs/types/image-geometry'
import { geometryProblem, sizeAfter, workProblem } from '@/lib/jobs/types/image-geometry'
import type { ImageOperation } from '@/lib/jobs/types/image-input'

type Crop = Extract<ImageOperation, { type: 'crop' }>
type Resize = Extract<ImageOperation, { type: 'resize' }>
export type Watermark = Extract<ImageOperation, { type: 'watermark' }>

/**
 * What one sharp pipeline does, in the order it always does it: crop, resize, crop again, lay
 * watermarks over.
 */
export type Pass = {
  cropBefore?: Crop
  /** `to` is the exact size, so that it is what the job's form announced. */
  resize?: Resize & { to: Size }
  cropAfter?: Crop
  watermarks: Watermark[]
  /** After the pass. */
  size: Size
}

/**
 * Puts operations, which are done in their own order, into as few pipelines as that order allows.
 * Always at least one pass, so that an image without operations is at least converted.
 * @throws {JobError} permanent, when an operation cannot be done on a picture of its size
 */
export function planPasses(source: Size, operations: ImageOperation[]): Pass[] {
  let pass: Pass = { watermarks: [], size: source }
  const passes = [pass]
  for (const operation of operations) {
    const problem = geometryProblem(pass.size, operation)
    if (problem) throw permanentError('invalid_operation', `${problem}.`)
    if (!fits(pass, operation)) {
      pass = { watermarks: [], size: pass.size }
      passes.push(pass)
    }
    add(pass, operation)
  }
  const problem = workProblem(source, operations)
  if (problem) throw permanentError('too_much_work', `${problem}.`)
  return passes
}

function fits(pass: Pass, { type }: ImageOperation): boolean {
  if (type === 'watermark') return true
  if (pass.watermarks.length > 0 || pass.cropAfter) return false
  return type === 'crop' ? !pass.cropBefore || pass.resize !== undefined : !pass.resize
}

function add(pass: Pass, operation: ImageOperation): void {
  const size = sizeAfter(pass.size, operation)
  switch (operation.type) {
    case 'watermark':
      pass.watermarks.push(operation)
      break
    case 'resize':
      pass.resize = { ...operation, to: size }
      break
    case 'crop':
      if (pass.resize) pass.cropAfter = operation
      else pass.cropBefore = operation
  }
  pass.size = size
}
