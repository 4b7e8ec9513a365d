import { z } from 'zod'
import { withRoom } from '@/app/_server/http/big-bodies'
import { readBody } from '@/app/_server/http/read-json'
import { batchView, batchViewSchema, getBatch } from '@/app/_server/jobs/batches'
import { cancelBatch, retryFailedOfBatch } from '@/app/_server/jobs/change-batch'
import { idempotencyHeader, withHeaderKey } from '@/app/_server/jobs/idempotency-key'
import {
  batchLimits,
  MAX_BATCH_BYTES,
  parseBatch,
  submitBatch,
} from '@/app/_server/jobs/submit-batch'
import type { Viewer } from '@/lib/access/viewer'
import { object } from '../answers'
import { exampleBatch, exampleIds } from '../examples'
import { operation, Reply, tagged } from '../operation'
import { anyBatch } from './submissions'

const mailTo = (name: string) => ({
  input: { to: `${name}@example.com`, template: 'welcome', variables: { name } },
})

const newBatch = (description: string, created: number) => ({
  ...object(
    {
      batchId: z.uuid(),
      count: z.int().meta({ description: 'Jobs in the batch.' }),
      created: z.int().meta({
        description:
          'Jobs this call created; the others existed under their keys, or as the same work under way.',
      }),
    },
    { batchId: exampleIds.batch, count: 2, created },
    description,
  ),
  location: ({ batchId }: { batchId: string }) => `/api/v1/batches/${batchId}`,
})

const changed = (description: string) =>
  object({ count: z.int(), batch: batchViewSchema }, { count: 2, batch: exampleBatch }, description)

const shownBatch = async (viewer: Viewer, id: string) => batchView(await getBatch(viewer, id))

/** Batches: many jobs in one call. */
export const batchOperations = tagged('Batches', {
  createBatch: operation('POST', '/api/v1/jobs/batch', {
    summary: 'Create many jobs',
    description:
      'Up to 10,000 jobs of one type in 32 MB of JSON: all or none. `staggerMs` spreads out their starts. Repeating the call with its idempotency key answers 200 with the first batch.',
    scope: 'jobs:write',
    headers: idempotencyHeader,
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
      202: newBatch('The new batch.', 2),
      200: newBatch('The batch first created with this idempotency key.', 0),
    },
    errors: {
      409: 'The batch’s idempotency key was used with different items, or that of an item, which is named, with a different input.',
    },
    async handle({ viewer, request }) {
      const batch = await withRoom(viewer.userId, request, MAX_BATCH_BYTES, async () => {
        const body = await readBody(request, { maxBytes: MAX_BATCH_BYTES, limits: batchLimits })
        return submitBatch(viewer, withHeaderKey(await parseBatch(body), request))
      })
      const { batchId, count, created, repeated } = batch
      return new Reply(repeated ? 200 : 202, { batchId, count, created })
    },
  }),
  getBatch: operation('GET', '/api/v1/batches/{id}', {
    summary: 'Get a batch',
    description: 'With the number of its jobs in each status. Its jobs: `/api/v1/jobs?batchId=…`',
    scope: 'jobs:read',
    answers: { 200: object({ batch: batchViewSchema }, { batch: exampleBatch }, 'The batch.') },
    handle: async ({ viewer, id }) => ({ batch: await shownBatch(viewer, id) }),
  }),
  cancelBatch: operation('POST', '/api/v1/batches/{id}/cancel', {
    summary: 'Cancel the rest of a batch',
    description: 'Waiting jobs are canceled at once; running ones are told to stop.',
    scope: 'jobs:write',
    answers: { 200: changed('How many were canceled or told to stop, and the batch.') },
    async handle({ viewer, id }) {
      const count = await cancelBatch(viewer, id)
      return { count, batch: await shownBatch(viewer, id) }
    },
  }),
  retryBatch: operation('POST', '/api/v1/batches/{id}/retry', {
    summary: 'Retry a batch’s failed jobs',
    description: 'Each failed job gets all the attempts of its type again.',
    scope: 'jobs:write',
    answers: { 200: changed('How many run again, and the batch.') },
    async handle({ viewer, id }) {
      const count = await retryFailedOfBatch(viewer, id)
      return { count, batch: await shownBatch(viewer, id) }
    },
  }),
})
