import { parse } from 'node:path'
import { withEnding } from '@/lib/files/file-name'
import type { ImageOperation } from '@/lib/jobs/types/image-input'
import { type Format, fileEnding } from './format'

const participle = { resize: 'resized', crop: 'cropped', watermark: 'watermarked' } as const

/** Names a result after its source and what was done, e.g. `beach-resized.webp`. */
export function resultName(source: string, operations: ImageOperation[], format: Format): string {
  const words = [...new Set(operations.map(({ type }) => participle[type]))]
  const suffix = words.length > 0 ? words.join('-') : 'converted'
  const stem = [...parse(source).name].slice(0, 200).join('')
  return withEnding(`${stem}-${suffix}`, fileEnding[format])
}
