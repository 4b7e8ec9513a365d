'use client'

import { propertyOf } from '@/app/_server/forms/write'
import { useLiveInput } from '@/app/form/generated/live-input'
import { countOf } from '@/lib/format/count'

const formats = new Map<unknown, string>([
  ['webp', 'a WebP'],
  ['avif', 'an AVIF'],
  ['jpeg', 'a JPEG'],
  ['png', 'a PNG'],
])

/** One sentence on what the form, as it stands, asks for. */
export function ImageWords() {
  const { input, count } = useLiveInput()
  const made = formats.get(propertyOf(input, 'format')) ?? 'an image of the same format'
  const steps = propertyOf(input, 'operations')
  const parts = Array.isArray(steps) ? steps.map(wordsOf).filter(Boolean) : []
  const each = count > 1 ? `Each of ${countOf(count, 'image')} becomes` : 'Makes'
  return `${each} ${[made, ...parts].join(', ')}.`
}

function wordsOf(step: unknown): string {
  const text = (name: string) => String(propertyOf(step, name) ?? '').trim()
  const [width, height] = [text('width'), text('height')]
  switch (text('type')) {
    case 'resize':
      if (!width) return ''
      return height ? `${width} × ${height} pixels` : `${width} pixels wide`
    case 'crop':
      return `cropped to ${width || '…'} × ${height || '…'}`
    default:
      return text('text') ? `watermarked “${text('text')}”` : 'watermarked'
  }
}
