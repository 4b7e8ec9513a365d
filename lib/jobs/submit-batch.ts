import { z } from 'zod'
import type { Viewer } from '@/lib/auth/viewer'
import { transaction } from '@/lib/db/transaction'
import { type EnqueuedBatch, enqueueMany, MAX_BATCH_ITEMS } from './enqueue-many'
import { findUserFacing, submissionSchema } from './submit'

/** Largest batch, in bytes of JSON. */
export const MAX_BATCH_BYTES = 32 * 1024 * 1024

const MAX_STAGGER_MS = 60_000

/** What a person or an API client sends to create a batch; inputs are checked by the type's definition. */
export const batchSubmissionSchema = z.strictObject({
  type: z.string({ error: 'Expected the name of a job type' }),
  items: z
    .array(submissionSchema.omit({ type: true, originalId: true }))
    .min(1, { error: 'Expected at least one item' })
    .max(MAX_BATCH_ITEMS, { error: `Expected at most ${MAX_BATCH_ITEMS} items` }),
  staggerMs: z
    .int({ error: 'Expected a whole number of milliseconds' })
    .min(0, { error: 'Expected 0 or more milliseconds' })
    .max(MAX_STAGGER_MS, { error: `Expected at most ${MAX_STAGGER_MS} milliseconds` })
    .optional(),
  title: z
    .string()
    .regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, { error: 'Expected one line of 1 to 200 characters' })
    .optional(),
  tags: submissionSchema.shape.tags,
})
export type BatchSubmission = z.output<typeof batchSubmissionSchema>

/**
 * Creates a batch for the viewer: all of its jobs, or none.
 * @throws {AppError} `invalid_input` naming each field, e.g. `items.3.input.to`
 */
export async function submitBatch(
  viewer: Viewer,
  { type, items, ...options }: BatchSubmission,
): Promise<EnqueuedBatch> {
  const definition = findUserFacing(type)
  return transaction((tx) =>
    enqueueMany(tx, definition, items, {
      ...options,
      ownerId: viewer.userId,
      role: viewer.role,
    }),
  )
}
