import { describe, expect, it } from 'vitest'
import { type ImageOperation, imageOperation } from '@/lib/jobs/types/image-input'
import { planPasses } from '@/workers/handlers/image/passes'

const operations: Record<string, ImageOperation> = Object.fromEntries(
  Object.entries({
    half: { type: 'resize', width: 50 },
    cut: { type: 'crop', left: 0, top: 0, width: 20, height: 10 },
    tiny: { type: 'resize', width: 10 },
    mark: { type: 'watermark', text: '©' },
  }).map(([name, operation]) => [name, imageOperation.parse(operation)]),
)

function plan(words: string) {
  const asked = words.split(' ').flatMap((word) => operations[word] ?? [])
  return planPasses({ width: 100, height: 60 }, asked)
}

describe('passes', () => {
  it.each([
    ['', 1],
    ['half', 1],
    ['cut half', 1],
    ['half cut', 1],
    ['cut half cut mark mark', 1],
    ['cut cut', 2],
    ['half half', 2],
    ['half cut half', 2],
    ['half cut cut', 2],
    ['mark cut', 2],
    ['mark half', 2],
    ['half mark half mark', 2],
    ['mark cut mark cut', 3],
  ])('of "%s" are %i', (words, count) => {
    expect(plan(words)).toHaveLength(count)
  })

  it('know the size of the picture after each', () => {
    expect(plan('half half cut').map(({ size }) => size)).toEqual([
      { width: 50, height: 30 },
      { width: 20, height: 10 },
    ])
  })

  it('refuse what cannot be done on a picture of its size', () => {
    expect(() => plan('tiny cut')).toThrow(
      'The crop reaches outside the image, which is 10 × 6 here.',
    )
  })
})
