import { countOf } from '@/lib/format/count'
import type { ImageValues, Step } from './image-values'

const formats: Record<string, string> = {
  webp: 'a WebP',
  avif: 'an AVIF',
  jpeg: 'a JPEG',
  png: 'a PNG',
}

/** One sentence on what the form, as it stands, asks for. */
export function whatWillHappen({ steps, format }: ImageValues, files: number): string {
  const made = formats[format] ?? 'an image of the same format'
  const parts = steps.map(wordsOf).filter(Boolean)
  const each = files > 1 ? `Each of ${countOf(files, 'image')} becomes` : 'Makes'
  return `${each} ${[made, ...parts].join(', ')}.`
}

function wordsOf(step: Step): string {
  switch (step.type) {
    case 'resize':
      if (!step.width) return ''
      return step.height ? `${step.width} × ${step.height} pixels` : `${step.width} pixels wide`
    case 'crop':
      return `cropped to ${step.width || '…'} × ${step.height || '…'}`
    case 'watermark':
      return step.text.trim() ? `watermarked “${step.text.trim()}”` : 'watermarked'
  }
}
