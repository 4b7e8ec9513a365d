import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { OverlayOptions } from 'sharp'
import { abortable } from '@/lib/time/limit'
import type { JobContext } from '@/workers/runtime/handler'
import { openImage, type SourceImage } from './open'
import type { Pass, Watermark } from './passes'
import { imageError, passPipeline, runToPixels, runToResult, type Target } from './pipeline'
import { overlayFor } from './watermark'

type Job = Pick<JobContext<unknown>, 'ownerId' | 'signal' | 'progress'>

/** Share of a job's progress, in per cent, before and after the passes. */
const FROM = 10
const TO = 85

/** What was written: a file, its size in pixels. */
export type Rendered = { path: string; width: number; height: number }

/**
 * Runs all passes over a source, one after the other. Of their files the next pass's input is kept,
 * and no other: all together would take twenty times as much of the disk.
 * @throws {JobError} permanent, when an image cannot be decoded
 */
export async function render(
  source: SourceImage,
  passes: Pass[],
  target: Target,
  folder: string,
  job: Job,
): Promise<Rendered> {
  let input = source.path
  let written: Rendered | undefined
  for (const [index, pass] of passes.entries()) {
    job.progress(FROM + (index / passes.length) * (TO - FROM), stepName(index, passes.length))
    const overlays = await overlaysOf(pass, folder, job)
    const { format } = target
    const options = { first: index === 0, format, overlays, hasAlpha: source.hasAlpha }
    const pipeline = passPipeline(input, pass, options)
    try {
      if (index < passes.length - 1) {
        const made = await abortable(runToPixels(pipeline, folder, index), job.signal)
        await rm(input)
        input = made
      } else {
        const output = path.join(folder, 'result')
        const { width, height } = await abortable(runToResult(pipeline, target, output), job.signal)
        written = { path: output, width, height }
      }
    } catch (error) {
      job.signal.throwIfAborted()
      throw imageError(error, source)
    }
  }
  if (!written) throw new TypeError('There is always a last pass')
  return written
}

function stepName(index: number, count: number): string {
  return count === 1 ? 'Processing' : `Processing, step ${index + 1} of ${count}`
}

function overlaysOf({ watermarks, size }: Pass, folder: string, job: Job) {
  return Promise.all(watermarks.map((watermark) => overlayOf(watermark, size, folder, job)))
}

async function overlayOf(
  watermark: Watermark,
  picture: Pass['size'],
  folder: string,
  job: Job,
): Promise<OverlayOptions> {
  const { fileId } = watermark
  if (!fileId) return abortable(overlayFor(watermark, picture, undefined), job.signal)
  // A copy per watermark: two of the same image may be opened at once.
  const copy = await openImage(fileId, job, path.join(folder, `watermark-${crypto.randomUUID()}`))
  try {
    const overlay = await abortable(overlayFor(watermark, picture, copy.path), job.signal)
    await rm(copy.path)
    return overlay
  } catch (error) {
    job.signal.throwIfAborted()
    throw imageError(error, copy)
  }
}
