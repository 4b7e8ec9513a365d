import { z } from 'zod'
import { batchViewSchema } from '@/lib/jobs/batches'
import { location, one } from '@/lib/openapi/answers'
import { exampleBatch, exampleIds } from '@/lib/openapi/examples'
import type { Answer, Operation } from '@/lib/openapi/operation'
import { anyBatch } from '@/lib/openapi/submissions'

const mailTo = (name: string) => ({
  input: { to: `${name}@example.com`, template: 'welcome', variables: { name } },
})

function changed(description: string): Answer {
  return {
    description,
    schema: z.object({ count: z.int(), batch: batchViewSchema }),
    example: { count: 2, batch: exampleBatch },
  }
}

function madeBatch(description: string, created: number): Answer {
  return {
    description,
    schema: z.object({
      batchId: z.uuid(),
      count: z.int().meta({ description: 'Its jobs.' }),
      created: z.int().meta({
        description:
          'Those that this call made; the others existed under their keys, or as running twins.',
      }),
    }),
    example: { batchId: exampleIds.batch, count: 2, created },
    headers: location,
  }
}

/** Batches: many jobs in one call. */
export const batchOperations: Operation[] = [
  {
    id: 'createBatch',
    method: 'POST',
    path: '/api/v1/jobs/batch',
    tag: 'Batches',
    summary: 'Create many jobs',
    description:
      'Up to 10,000 jobs of one type in 32 MB of JSON: all of them, or none. `staggerMs` spreads their starts. Asked for again with its idempotency key, the batch is the first one.',
    scope: 'jobs:write',
    headers: {
      'Idempotency-Key': 'Unique per caller and job type; the same as the field `idempotencyKey`.',
    },
    body: {
      schema: anyBatch,
      examples: {
        email: {
          value: {
            type: 'email',
            items: [mailTo('ann'), mailTo('bob')],
            staggerMs: 100,
            title: 'Spring welcome',
            tags: ['spring'],
          },
        },
      },
    },
    answers: {
      202: madeBatch('They were created.', 2),
      200: madeBatch('The idempotency key led to this batch, which existed already.', 0),
    },
    errors: {
      409: 'Its idempotency key was used with other items, or that of an item, which is named, with another input.',
    },
  },
  {
    id: 'getBatch',
    method: 'GET',
    path: '/api/v1/batches/{id}',
    tag: 'Batches',
    summary: 'Show a batch',
    description: 'With the number of its jobs in each status. Its jobs: `/api/v1/jobs?batchId=…`',
    scope: 'jobs:read',
    answers: { 200: one('batch', batchViewSchema, exampleBatch, 'The batch.') },
  },
  {
    id: 'cancelBatch',
    method: 'POST',
    path: '/api/v1/batches/{id}/cancel',
    tag: 'Batches',
    summary: 'Cancel the rest of a batch',
    description: 'Jobs that wait are canceled at once; running ones are told to stop.',
    scope: 'jobs:write',
    answers: { 200: changed('How many were canceled or told to stop, and the batch.') },
  },
  {
    id: 'retryBatch',
    method: 'POST',
    path: '/api/v1/batches/{id}/retry',
    tag: 'Batches',
    summary: 'Retry what failed of a batch',
    description: 'Each failed job gets its attempts anew.',
    scope: 'jobs:write',
    answers: { 200: changed('How many run again, and the batch.') },
  },
]
