import { propertyOf } from '@/app/_server/forms/write'
import { fits, gravities, MAX_SIDE, MAX_TEXT, VISIBLE } from '@/lib/jobs/types/image-choices'
import type { ImageOperation } from '@/lib/jobs/types/image-input'

/** A step as the server would read it, without its schema library; undefined while it is not filled in. */
export function readOperation(step: unknown): ImageOperation | undefined {
  const type = propertyOf(step, 'type')
  const width = sideOf(propertyOf(step, 'width'))
  const height = sideOf(propertyOf(step, 'height'))
  if (type === 'resize') {
    const fit = choiceOf(fits, propertyOf(step, 'fit') ?? 'cover')
    const isBad = propertyOf(step, 'height') !== undefined && !height
    return width && fit && !isBad ? { type, width, ...(height ? { height } : {}), fit } : undefined
  }
  if (type === 'crop') {
    const left = wholeOf(propertyOf(step, 'left'))
    const top = wholeOf(propertyOf(step, 'top'))
    const isComplete = left !== undefined && top !== undefined && width && height
    return isComplete ? { type, left, top, width, height } : undefined
  }
  if (type !== 'watermark') return undefined
  const gravity = choiceOf(gravities, propertyOf(step, 'gravity') ?? 'southeast')
  const fileId = propertyOf(step, 'fileId')
  const text = propertyOf(step, 'text')
  if (!gravity) return undefined
  if (typeof fileId === 'string' && text === undefined) return { type, fileId, gravity }
  const isText = typeof text === 'string' && VISIBLE.test(text) && text.length <= MAX_TEXT
  return isText && fileId === undefined ? { type, text, gravity } : undefined
}

function choiceOf<T>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((choice) => choice === value)
}

/** Pixels from 0 on; undefined for anything else. */
function wholeOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined
}

/** Pixels of a side that a result can have. */
function sideOf(value: unknown): number | undefined {
  const side = wholeOf(value)
  return side && side <= MAX_SIDE ? side : undefined
}
