import { expect, test } from 'vitest'
import { readOperation } from '@/app/form/picture/read-operation'
import { imageOperation } from '@/lib/jobs/types/image-input'

const resize = { type: 'resize', width: 800 }
const crop = { type: 'crop', left: 0, top: 0, width: 600, height: 400 }
const watermark = { type: 'watermark', text: '© Ann' }
const fileId = '019a0000-0000-7000-8000-000000000000'

test.each([
  resize,
  { ...resize, height: 600, fit: 'fill' },
  { ...resize, height: 600, fit: 'shrink' },
  ...[undefined, '', 0, 1, 1.5, -3, 10_000, 10_001, 'x'].map((width) => ({ ...resize, width })),
  ...['', 0, 7, 1e3].map((height) => ({ ...resize, height })),
  crop,
  { ...crop, left: undefined },
  { ...crop, top: -1 },
  { ...crop, top: 12 },
  { ...crop, width: '' },
  { ...crop, height: 0 },
  watermark,
  { ...watermark, text: undefined },
  { ...watermark, text: '\u200b ' },
  { ...watermark, text: 'x'.repeat(201) },
  { ...watermark, text: undefined, fileId },
  { ...watermark, fileId },
  { ...watermark, gravity: 'above' },
  { type: 'blur' },
  undefined,
])('the preview reads the step %j as the server does [C5.15]', (step) => {
  expect(readOperation(step)).toEqual(imageOperation.safeParse(step).data)
})
