import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { definitions, queuesOf } from '@/lib/jobs/catalog'
import { definitionProblems } from '@/lib/jobs/check-definition'
import { defineJob } from '@/lib/jobs/definition'
import { defineQueue } from '@/lib/jobs/queue'

const queue = defineQueue({ name: 'tried' })

function job(input: z.ZodType, type = 'tried', declared = queue) {
  return defineJob({
    type,
    queue: declared,
    label: 'Tried',
    description: 'Is tried.',
    input,
    output: z.object({}),
    prepare: async (_db, inputs) => inputs.map(() => ({ title: 'Tried' })),
  })
}

describe('the catalog', () => {
  test.each(definitions.map((definition) => [definition.type, definition] as const))(
    '%s has schemas that can be stored, shown and parsed again',
    (_type, definition) => {
      expect(definitionProblems(definition)).toEqual([])
    },
  )

  test.each([
    [
      'a text that becomes a list',
      z.object({ tags: z.string().transform((tags) => tags.split(',')) }),
    ],
    ['a date', z.object({ at: z.date() })],
    ['a text read as a date', z.object({ at: z.coerce.date() })],
    ['a large whole number', z.object({ sum: z.coerce.bigint() })],
  ])('refuses an input with %s', (_what, input) => {
    expect(definitionProblems(job(input))).toContainEqual(
      expect.stringMatching(/^tried: input.* cannot be written as a JSON Schema/),
    )
  })

  test('refuses an example that does not fit, now or once it was stored', () => {
    const doubled = z.object({
      count: z
        .number()
        .max(5)
        .overwrite((count) => count * 2),
    })
    expect(definitionProblems(job(doubled.meta({ examples: [{ count: 'two' }] })))).toEqual([
      expect.stringContaining('tried: example 1 does not fit'),
    ])
    expect(definitionProblems(job(doubled.meta({ examples: [{ count: 2 }] })))).toEqual([
      'tried: example 1 changes when it is stored and read',
    ])
    expect(definitionProblems(job(doubled.meta({ examples: [{ count: 4 }] })))).toEqual([
      expect.stringContaining('tried: example 1 does not fit once it was stored'),
    ])
  })

  test('takes two types of one queue, and refuses two declarations of it', () => {
    const first = job(z.object({}))
    expect([...queuesOf([first, job(z.object({}), 'other')])]).toEqual([['tried', queue]])
    const other = job(z.object({}), 'other', defineQueue({ name: 'tried', concurrency: 7 }))
    expect(() => queuesOf([first, other])).toThrow(
      'The job type other declares the queue tried again: share one defineQueue',
    )
  })
})
