import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import type { Database } from '@/lib/db/prisma'
import { afterCommit } from '@/lib/db/transaction'
import { type FieldIssue, invalidInput, MAX_ISSUES } from '@/lib/errors/app-error'
import { takingTurns } from '@/lib/fairness/turns'
import { traced } from '@/lib/trace/tracing'
import type { JobDefinition } from './definition'
import { type EnqueueOptions, newJobAndJson, parseInput, requesterOf, under } from './enqueue'
import { insertJobs, type NewJob } from './insert'
import { openBatch } from './open-batch'
import { dispatchSoon } from './transitions/dispatch'

/** Most jobs of one batch. */
export const MAX_BATCH_ITEMS = 10_000
/**
 * Rows of one statement, and characters of their inputs: more would hold others up, and Prisma keeps
 * the arguments of its last hundred steps.
 */
const CHUNK_ROWS = 1_000
const CHUNK_CHARACTERS = 256 * 1024

export type BatchItem<Input> = { input: Input } & Pick<
  EnqueueOptions,
  'idempotencyKey' | 'runAt' | 'delayMs' | 'priority' | 'tags'
>

export type BatchOptions = Pick<EnqueueOptions, 'ownerId' | 'role'> & {
  /** Milliseconds between the starts of one item and the next; default 0. */
  staggerMs?: number | undefined
  /** What the batch is for, in a person's words; default: the type and the number of items. */
  title?: string | undefined
  /** Tags of every item, besides its own. */
  tags?: string[] | undefined
  /** Unique per owner and type: a second call with the same key and items returns the first batch. */
  idempotencyKey?: string | undefined
}

export type EnqueuedBatch = {
  batchId: string
  /** Items that are jobs now. */
  count: number
  /** Of these, the ones this call made; the others existed under their key, or as a running twin. */
  created: number
  /** The idempotency key led to a batch that existed already. */
  repeated: boolean
}

/**
 * Creates the jobs of a batch inside the caller's transaction: all, or none.
 * @throws {AppError} `invalid_input` naming each field as `items.3.input.to`; `conflict` when the
 * idempotency key was used with other items
 */
export async function enqueueMany<Input extends z.ZodType>(
  tx: Database,
  definition: JobDefinition<string, Input>,
  items: readonly BatchItem<z.input<Input>>[],
  options: BatchOptions,
): Promise<EnqueuedBatch> {
  const { type, queue } = definition
  const fields = {
    'millrace.job.type': type,
    'millrace.queue': queue,
    'millrace.batch.count': items.length,
  }
  // One span: all jobs of the batch have it as their parent.
  return traced(`enqueue ${type} batch`, { kind: 'producer', fields }, async (span) => {
    const batch = await enqueueHere(tx, definition, items, options)
    span.add({ 'millrace.batch.id': batch.batchId, 'millrace.batch.created': batch.created })
    return batch
  })
}

async function enqueueHere<Input extends z.ZodType>(
  tx: Database,
  definition: JobDefinition<string, Input>,
  items: readonly BatchItem<z.input<Input>>[],
  { ownerId, role, title, staggerMs = 0, tags = [], idempotencyKey }: BatchOptions,
): Promise<EnqueuedBatch> {
  const batchId = uuidv7()
  const first = await openBatch(
    tx,
    {
      id: batchId,
      ownerId,
      type: definition.type,
      title: title ?? `${definition.label}: ${items.length} jobs`,
      total: items.length,
      idempotencyKey: idempotencyKey ?? null,
    },
    items,
  )
  if (first) return { batchId: first.id, count: first.total, created: 0, repeated: true }
  const inputs = await parseAll(definition, items, ownerId)
  const preparations = await definition.prepare(tx, inputs, requesterOf({ ownerId, role }))
  refuse(preparations.flatMap(({ issues = [] }, index) => under(`items.${index}.input`, issues)))

  let created = 0
  let chunk: NewJob[] = []
  let characters = 0
  const insertChunk = async () => {
    const inserted = await insertJobs(tx, chunk)
    created += inserted.length
    afterCommit(tx, () => dispatchSoon(inserted))
    chunk = []
    characters = 0
  }
  const turn = takingTurns()
  for (const [index, item] of items.entries()) {
    const preparation = preparations[index]
    if (!preparation) throw new Error(`The job type ${definition.type} prepared too few`)
    const { job, json } = newJobAndJson(definition, inputs[index], preparation, {
      ...item,
      ownerId,
      batchId,
      tags: [...tags, ...(item.tags ?? [])],
      delayMs: (item.delayMs ?? 0) + index * staggerMs,
    })
    chunk.push(job)
    characters += json.length
    if (chunk.length >= CHUNK_ROWS || characters >= CHUNK_CHARACTERS) await insertChunk()
    await turn()
  }
  if (chunk.length > 0) await insertChunk()
  return { batchId, count: items.length, created, repeated: false }
}

async function parseAll<Input extends z.ZodType>(
  definition: JobDefinition<string, Input>,
  items: readonly BatchItem<z.input<Input>>[],
  ownerId: string | null,
): Promise<z.output<Input>[]> {
  const turn = takingTurns()
  const issues: FieldIssue[] = []
  const inputs: z.output<Input>[] = []
  for (const [index, { input }] of items.entries()) {
    const result = parseInput(definition, input, { ownerId })
    if (result.issues) issues.push(...under(`items.${index}.input`, result.issues))
    else inputs.push(result.parsed)
    if (issues.length >= MAX_ISSUES) break
    await turn()
  }
  refuse(issues)
  return inputs
}

function refuse(issues: FieldIssue[]): void {
  if (issues.length > 0) throw invalidInput(issues)
}
