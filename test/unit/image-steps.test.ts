import { expect, test } from 'vitest'
import { newStep, readStep, type Step, toInput } from '@/app/(console)/jobs/new/image/image-values'
import { imageOperation } from '@/lib/jobs/types/image-input'

const file = { id: '019a0000-0000-7000-8000-000000000000', name: 'mark.png', url: '/mark' }

function steps<T extends Step['type']>(type: T, changes: Partial<Extract<Step, { type: T }>>[]) {
  return changes.map((change) => ({ ...newStep(type), ...change }))
}

test.each([
  ...steps('resize', [
    {},
    { height: '600', fit: 'fill' },
    { height: '600', fit: 'shrink' },
    ...['', ' ', '0', '1', '1.5', '-3', '10000', '10001', 'x'].map((width) => ({ width })),
    ...['0', '7', '1e3'].map((height) => ({ height })),
  ]),
  ...steps('crop', [
    {},
    { left: '' },
    { top: '-1' },
    { top: '12' },
    { width: '' },
    { height: '0' },
  ]),
  ...steps('watermark', [
    {},
    { text: '© Ann' },
    { text: '\u200b ' },
    { text: 'x'.repeat(201) },
    { file },
    { text: 'x', gravity: 'above' },
  ]),
])('the preview reads the step %j as the server does [C5.15]', (step) => {
  const [operation] = toInput({ steps: [step], format: '', quality: '' }).operations
  expect(readStep(step)).toEqual(imageOperation.safeParse(operation).data)
})
