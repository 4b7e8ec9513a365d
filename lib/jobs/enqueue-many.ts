import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { traced } from '@/lib/telemetry/tracing'
import type { JobDefinition } from './definition'
import { openBatch } from './open-batch'
import { type CheckedRequest, checkRequests, type EnqueueOptions, type JobRequest } from './request'
import { ENTRY, enqueueChecked } from './transitions/enqueue'

/** Most jobs of one batch. */
export const MAX_BATCH_ITEMS = 10_000

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
  /** Of these, the ones this call made; the others existed under their key, or as a running duplicate. */
  created: number
  /** The idempotency key led to a batch that existed already. */
  repeated: boolean
}

/**
 * Creates the jobs of a batch inside the caller's transaction: all, or none.
 * @throws {AppError} `invalid_input` naming each field as `items.3.input.to`; `conflict` when an
 * idempotency key was used with other items, or an item's with another input
 */
export function enqueueMany<Input extends z.ZodType>(
  tx: Database,
  definition: JobDefinition<string, Input>,
  items: readonly BatchItem<z.input<Input>>[],
  options: BatchOptions,
): Promise<EnqueuedBatch> {
  return tracedBatch(definition, items, async () =>
    write(tx, definition, items, options, await check(tx, definition, items, options)),
  )
}

/** The same in a transaction of its own, which begins once everything has been checked. */
export function enqueueManyAlone<Input extends z.ZodType>(
  definition: JobDefinition<string, Input>,
  items: readonly BatchItem<z.input<Input>>[],
  options: BatchOptions,
): Promise<EnqueuedBatch> {
  return tracedBatch(definition, items, async () => {
    const checked = await check(prisma(), definition, items, options)
    return transaction((tx) => write(tx, definition, items, options, checked))
  })
}

/** One span: all jobs of the batch have it as their parent. */
function tracedBatch(
  { type, queue }: JobDefinition,
  items: readonly unknown[],
  enqueue: () => Promise<EnqueuedBatch>,
): Promise<EnqueuedBatch> {
  const fields = {
    'millrace.job.type': type,
    'millrace.queue': queue,
    'millrace.batch.count': items.length,
  }
  return traced(`enqueue ${type} batch`, { kind: 'producer', fields }, async (span) => {
    const batch = await enqueue()
    span.add({ 'millrace.batch.id': batch.batchId, 'millrace.batch.created': batch.created })
    return batch
  })
}

const naming = (place: number) => `items.${place}`

type Checked = { batchId: string; requests: CheckedRequest[] }

async function check<Input extends z.ZodType>(
  db: Database,
  definition: JobDefinition<string, Input>,
  items: readonly BatchItem<z.input<Input>>[],
  { ownerId, role, staggerMs = 0, tags = [] }: BatchOptions,
): Promise<Checked> {
  const batchId = uuidv7()
  function* requests(): Generator<JobRequest> {
    for (const [index, { input, ...item }] of items.entries()) {
      const delayMs = (item.delayMs ?? 0) + index * staggerMs
      const own = { ownerId, role, batchId, delayMs, tags: [...tags, ...(item.tags ?? [])] }
      yield { definition, input, options: { ...item, ...own } }
    }
  }
  return { batchId, requests: await checkRequests(db, requests(), naming) }
}

async function write(
  tx: Database,
  { type, label }: JobDefinition,
  items: readonly unknown[],
  { ownerId, title, idempotencyKey }: BatchOptions,
  { batchId, requests }: Checked,
): Promise<EnqueuedBatch> {
  const count = items.length
  const first = await openBatch(
    tx,
    {
      id: batchId,
      ownerId,
      type,
      title: title ?? `${label}: ${count} jobs`,
      total: count,
      idempotencyKey: idempotencyKey ?? null,
    },
    items,
  )
  if (first) return { batchId: first.id, count: first.total, created: 0, repeated: true }
  const outcomes = await enqueueChecked(tx, requests, ENTRY, naming)
  const created = outcomes.filter(({ kind }) => kind === 'created').length
  return { batchId, count, created, repeated: false }
}
