import { fits, gravities, MAX_SIDE, MAX_TEXT, VISIBLE } from '@/lib/jobs/types/image-choices'
import type { ImageInput, ImageOperation } from '@/lib/jobs/types/image-input'

/** A step of the form, as typed; `key` stays when steps move. */
export type Step = { key: string } & (
  | { type: 'resize'; width: string; height: string; fit: string }
  | { type: 'crop'; left: string; top: string; width: string; height: string }
  | { type: 'watermark'; text: string; file: MarkFile | undefined; gravity: string }
)

/** An uploaded image that is laid over others. */
export type MarkFile = { id: string; name: string; url: string }

/** What the form holds besides its files. */
export type ImageValues = { steps: Step[]; format: string; quality: string }

let keys = 0

/** A new step with sensible values. */
export function newStep(type: Step['type']): Step {
  keys += 1
  const key = `step-${keys}`
  switch (type) {
    case 'resize':
      return { key, type, width: '800', height: '', fit: 'cover' }
    case 'crop':
      return { key, type, left: '0', top: '0', width: '600', height: '400' }
    case 'watermark':
      return { key, type, text: '', file: undefined, gravity: 'southeast' }
  }
}

/** What a new form starts with. */
export const usual: ImageValues = {
  steps: [{ key: 'first', type: 'resize', width: '800', height: '', fit: 'cover' }],
  format: 'webp',
  quality: '85',
}

/** The form of a job that is duplicated. */
export function fromInput({ operations, format, quality }: ImageInput): ImageValues {
  return {
    steps: operations.map((operation, index) => stepOf(operation, `from-${index}`)),
    format: format ?? '',
    quality: quality === undefined ? '' : String(quality),
  }
}

function stepOf(operation: ImageOperation, key: string): Step {
  switch (operation.type) {
    case 'resize': {
      const { type, width, height, fit } = operation
      return { key, type, width: String(width), height: height ? String(height) : '', fit }
    }
    case 'crop': {
      const { type, left, top, width, height } = operation
      const texts = { left: String(left), top: String(top) }
      return { key, type, ...texts, width: String(width), height: String(height) }
    }
    case 'watermark': {
      const { type, text = '', fileId, gravity } = operation
      const url = `/api/v1/files/${fileId}/content?inline=1`
      const file = fileId ? { id: fileId, name: 'Uploaded image', url } : undefined
      return { key, type, text, file, gravity }
    }
  }
}

/** The steps as the server takes them; what was left out stays out. */
export function toInput({ steps, format, quality }: ImageValues) {
  return {
    operations: steps.map(operationOf),
    ...(format ? { format } : {}),
    ...(quality && format !== 'png' ? { quality: Number(quality) } : {}),
  }
}

function operationOf(step: Step) {
  switch (step.type) {
    case 'resize': {
      const { type, width, height, fit } = step
      const sides = { width: numberOf(width), height: numberOf(height) }
      return { type, ...sides, ...(height ? { fit } : {}) }
    }
    case 'crop': {
      const { type, left, top, width, height } = step
      const corner = { left: numberOf(left), top: numberOf(top) }
      return { type, ...corner, width: numberOf(width), height: numberOf(height) }
    }
    case 'watermark': {
      const { type, text, file, gravity } = step
      return { type, ...(file ? { fileId: file.id } : { text }), gravity }
    }
  }
}

/** A step as the server would read it; undefined while its fields are not filled in. */
export function readStep(step: Step): ImageOperation | undefined {
  switch (step.type) {
    case 'resize': {
      const [width, height] = [sideOf(step.width), sideOf(step.height)]
      const fit = fits.find((known) => known === step.fit)
      if (!width || !fit || (step.height && !height)) return undefined
      return { type: step.type, width, ...(height ? { height, fit } : { fit: 'cover' }) }
    }
    case 'crop': {
      const [left, top] = [wholeOf(step.left), wholeOf(step.top)]
      const [width, height] = [sideOf(step.width), sideOf(step.height)]
      if (left === undefined || top === undefined || !width || !height) return undefined
      return { type: step.type, left, top, width, height }
    }
    case 'watermark': {
      const { type, file, text } = step
      const gravity = gravities.find((known) => known === step.gravity)
      if (!gravity || (!file && (!VISIBLE.test(text) || text.length > MAX_TEXT))) return undefined
      return { type, ...(file ? { fileId: file.id } : { text }), gravity }
    }
  }
}

/** Pixels from 0 on; undefined for anything else. */
function wholeOf(text: string): number | undefined {
  const number = numberOf(text)
  return number !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined
}

/** Pixels of a side that a result can have. */
function sideOf(text: string): number | undefined {
  const side = wholeOf(text)
  return side && side <= MAX_SIDE ? side : undefined
}

function numberOf(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text)
}
