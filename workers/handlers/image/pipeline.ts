import path from 'node:path'
import sharp, { type OverlayOptions, type Sharp } from 'sharp'
import { JobError, permanentError } from '@/lib/jobs/job-error'
import { encode, type Format } from './format'
import { readOptions, type SourceImage } from './open'
import type { Pass } from './passes'

const WHITE = { r: 255, g: 255, b: 255, alpha: 1 }
const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 }

/** Ends native work whose job has long been given up on; the longest a job may take anyway. */
const NATIVE_LIMIT_SECONDS = 300

export type Target = { format: Format; quality: number | undefined }

/**
 * Sets up the pipeline of one pass.
 * @param first whether it reads the source itself, which may be rotated and transparent
 */
export function passPipeline(
  input: string,
  pass: Pass,
  options: { first: boolean; format: Format; overlays: OverlayOptions[]; hasAlpha: boolean },
): Sharp {
  const { first, format, overlays, hasAlpha } = options
  const pipeline = sharp(input, readOptions).timeout({ seconds: NATIVE_LIMIT_SECONDS })
  if (first) {
    pipeline.autoOrient()
    if (format === 'jpeg' && hasAlpha) pipeline.flatten({ background: WHITE })
  }
  if (pass.cropBefore) pipeline.extract(pass.cropBefore)
  if (pass.resize) {
    const { fit, to } = pass.resize
    pipeline.resize({
      ...to,
      // For these the size is computed already, proportions included.
      fit: fit === 'cover' || fit === 'contain' ? fit : 'fill',
      background: format === 'jpeg' ? WHITE : CLEAR,
    })
  }
  if (pass.cropAfter) pipeline.extract(pass.cropAfter)
  if (overlays.length > 0) pipeline.composite(overlays)
  return pipeline
}

/** Runs a pass that another follows; pixels in between are kept without loss or compression. */
export async function runToPixels(pipeline: Sharp, folder: string, index: number): Promise<string> {
  const output = path.join(folder, `pass-${index}.v`)
  await pipeline.toFile(output)
  return output
}

/** Runs the last pass, and tells the size of what it wrote. */
export async function runToResult(pipeline: Sharp, { format, quality }: Target, output: string) {
  return encode(pipeline, format, quality).toFile(output)
}

/** Lines of libvips that speak of the machine rather than of the image. */
const MACHINE = /system error|memory|unable to allocate|^timeout/im
/** What a decoder says of an image that is larger than its own header: it speaks of memory too. */
const FALSE_HEADER = /security limit exceeded/i
/** Lines that only lead to the one that says what is wrong. */
const SEARCHING = /bad seek/

/** Tells an image that cannot be decoded, which no attempt can better, from a machine in trouble. */
export function imageError(error: unknown, { file }: SourceImage): unknown {
  if (error instanceof JobError || !(error instanceof Error)) return error
  if (MACHINE.test(error.message) && !FALSE_HEADER.test(error.message)) {
    return new JobError('image_processing_failed', 'The worker could not process the image now.', {
      cause: error,
    })
  }
  return permanentError(
    'image_unreadable',
    `“${file.name}” is damaged: ${firstLine(error)}.`,
    error,
  )
}

/** What the decoder says is wrong, without its own name and the folder it was in. */
function firstLine({ message }: Error): string {
  const lines = message.slice(0, 2_000).split('\n')
  const telling = lines.find((line) => !SEARCHING.test(line)) ?? ''
  return telling
    .replaceAll(/\/\S+\//g, '')
    .replace(/^Vips\w+: /, '')
    .replace(/^premature end of.*/, 'it ends too early')
    .slice(0, 200)
}
