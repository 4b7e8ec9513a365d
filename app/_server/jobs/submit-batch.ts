import { z } from 'zod'
import type { JsonLimits } from '@/app/_server/http/json-scan'
import type { Viewer } from '@/lib/access/viewer'
import { type FieldIssue, invalidInput, MAX_ISSUES } from '@/lib/errors/app-error'
import { fieldIssues, parseInput } from '@/lib/errors/parse-input'
import { createSlots, type WithinSlots } from '@/lib/fairness/slots'
import { takingTurns } from '@/lib/fairness/turns'
import { type EnqueuedBatch, enqueueManyAlone, MAX_BATCH_ITEMS } from '@/lib/jobs/enqueue-many'
import { findUserFacing, idempotencyKey, priorityProblem, submissionSchema } from './submit'

/** Largest batch, in bytes of JSON. */
export const MAX_BATCH_BYTES = 32 * 1024 * 1024
/** What a batch may hold in all. */
export const batchLimits: JsonLimits = { depth: 32, names: 10_000, values: 1_000_000 }

const MAX_STAGGER_MS = 60_000

const itemSchema = submissionSchema.omit({ type: true, originalId: true })

/** What a person or an API client sends to create a batch; inputs are checked by the type's definition. */
export const batchSubmissionSchema = z.strictObject({
  type: z.string({ error: 'Expected the name of a job type' }),
  items: z
    .array(itemSchema)
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
  idempotencyKey: idempotencyKey.optional(),
})
export type BatchSubmission = z.output<typeof batchSubmissionSchema>

/** A batch whose items are still to be checked. */
const envelopeSchema = batchSubmissionSchema.extend({
  items: z
    .array(z.unknown())
    .min(1, { error: 'Expected at least one item' })
    .max(MAX_BATCH_ITEMS, { error: `Expected at most ${MAX_BATCH_ITEMS} items` }),
})

/**
 * Checks a batch item by item, between which others have their turn.
 * @throws {AppError} `invalid_input` naming each field, e.g. `items.3.priority`
 */
export async function parseBatch(body: unknown): Promise<BatchSubmission> {
  const { items, ...envelope } = parseInput(envelopeSchema, body)
  const turn = takingTurns()
  const checked: BatchSubmission['items'] = []
  const issues: FieldIssue[] = []
  for (const [index, item] of items.entries()) {
    const { data, error } = itemSchema.safeParse(item)
    if (data) checked.push(data)
    if (error) issues.push(...fieldIssues(error.issues, ['items', index]))
    if (issues.length >= MAX_ISSUES) break
    await turn()
  }
  if (issues.length > 0) throw invalidInput(issues)
  return { ...envelope, items: checked }
}

/** Batches of more items are written one after the other. */
const CROWD = 50

declare global {
  // One per process: routes are bundled separately, and hot reload loads them anew.
  var millraceBatchSlots: WithinSlots | undefined
}

/**
 * One large batch of a process at a time: many at once would each take as long as all of them, with
 * turns from its beginning, and leave single jobs no connection.
 */
function oneByOne<T>(items: readonly unknown[], work: () => Promise<T>): Promise<T> {
  if (items.length <= CROWD) return work()
  globalThis.millraceBatchSlots ??= createSlots({
    atOnce: 1,
    waiting: 32,
    refusal: 'Many large batches are being taken in at this moment. Try again in a few seconds.',
  })
  return globalThis.millraceBatchSlots(work)
}

/**
 * Creates a batch for the viewer: all of its jobs, or none.
 * @throws {AppError} `invalid_input` naming each field, e.g. `items.3.input.to`; `conflict` for a reused
 * idempotency key; `unavailable` while too many large batches wait
 */
export async function submitBatch(
  viewer: Viewer,
  { type, items, ...options }: BatchSubmission,
): Promise<EnqueuedBatch> {
  const definition = findUserFacing(type)
  const tooUrgent = items.flatMap(({ priority }, index) => {
    const message = priorityProblem(viewer, priority)
    return message ? [{ path: `items.${index}.priority`, message }] : []
  })
  if (tooUrgent.length > 0) throw invalidInput(tooUrgent)
  const owner = { ownerId: viewer.userId, role: viewer.role }
  return oneByOne(items, () => enqueueManyAlone(definition, items, { ...options, ...owner }))
}
