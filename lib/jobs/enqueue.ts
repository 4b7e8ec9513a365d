import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import type { Viewer } from '@/lib/auth/viewer'
import type { Job } from '@/lib/db/generated/client'
import { isStorable } from '@/lib/db/json'
import type { Database } from '@/lib/db/prisma'
import { afterCommit } from '@/lib/db/transaction'
import { AppError, type FieldIssue, invalidInput } from '@/lib/errors/app-error'
import { fieldIssues } from '@/lib/errors/parse-input'
import { traced, traceparent } from '@/lib/trace/tracing'
import type { JobDefinition, Preparation, Requester, SecretsContext } from './definition'
import { maskSecrets, sealSecrets } from './input-secrets'
import { insertJob, type NewJob } from './insert'
import { dispatchSoon } from './transitions/dispatch'

export type EnqueueOptions = {
  /** Null for the system's own jobs. */
  ownerId: string | null
  /** What whoever asks for it may do; without it, no more than anybody. */
  role?: Viewer['role'] | undefined
  /** Unique per owner and type: a second enqueue with the same key returns the first job. */
  idempotencyKey?: string | undefined
  /** Not before this moment. */
  runAt?: Date | undefined
  /** Not before this many milliseconds from now; `runAt` wins. */
  delayMs?: number | undefined
  /** 1 is the most urgent; default: the definition's. */
  priority?: number | undefined
  tags?: string[] | undefined
  /** Jobs enqueued together. */
  batchId?: string | undefined
  scheduleId?: string | undefined
  /** The job this one was made from; secrets it masks are those of its owner's original. */
  originalId?: string | undefined
  /** A record's input of the same owner and type: the secrets that are masked, or still encrypted. */
  kept?: unknown
}

export type Enqueued = {
  job: Job
  /** False when the idempotency key, or a running twin, led to a job that existed already. */
  created: boolean
}

/** A colliding job may end between the insert and the look-up; then the insert is tried again. */
const INSERT_TRIES = 3

/**
 * Creates a job inside the caller's transaction: it exists if and only if that commits.
 * With `transaction()` it is handed to the queue right after the commit, otherwise by the relay
 * within a second. Where nothing else is written with it, `tx` may be the client itself: the one
 * statement is its own transaction, which spares the database two rounds.
 * @throws {AppError} `invalid_input` naming each field; `conflict` when the idempotency key was used
 * with another input
 */
export async function enqueue<Input extends z.ZodType>(
  tx: Database,
  definition: JobDefinition<string, Input>,
  input: z.input<Input>,
  options: EnqueueOptions,
): Promise<Enqueued> {
  const { type, queue } = definition
  const fields = { 'millrace.job.type': type, 'millrace.queue': queue }
  return traced(`enqueue ${type}`, { kind: 'producer', fields }, async (span) => {
    const enqueued = await enqueueHere(tx, definition, input, options)
    span.add({ 'millrace.job.id': enqueued.job.id, 'millrace.job.created': enqueued.created })
    return enqueued
  })
}

async function enqueueHere<Input extends z.ZodType>(
  tx: Database,
  definition: JobDefinition<string, Input>,
  input: z.input<Input>,
  options: EnqueueOptions,
): Promise<Enqueued> {
  const kept = options.kept ?? (await originalInput(tx, definition, options))
  const { parsed, issues } = parseInput(definition, input, { ...options, kept })
  if (issues) throw invalidInput(under('input', issues))
  const [preparation] = await definition.prepare(tx, [parsed], requesterOf(options))
  if (!preparation) throw new Error(`The job type ${definition.type} prepared nothing`)
  if (preparation.issues?.length) throw invalidInput(under('input', preparation.issues))

  const record = newJob(definition, parsed, preparation, options)
  for (let tries = 0; tries < INSERT_TRIES; tries++) {
    const job = await insertJob(tx, record)
    if (job) {
      afterCommit(tx, () => dispatchSoon([job]))
      return { job, created: true }
    }
    const existing = await findExisting(tx, record)
    if (existing) return { job: existing, created: false }
  }
  throw new AppError('conflict', 'A job like this one is just ending. Try again.')
}

/** Who a job's options say asks for it. */
export function requesterOf({ ownerId, role = 'USER' }: EnqueueOptions): Requester {
  return { ownerId, role }
}

type Parsed<Input extends z.ZodType> =
  | { parsed: z.output<Input>; issues?: undefined }
  | { parsed?: undefined; issues: FieldIssue[] }

/** The input whose secrets a copy of a job goes on with; only looked for where there can be some. */
async function originalInput(
  tx: Database,
  { type, secrets }: JobDefinition,
  { ownerId, originalId }: EnqueueOptions,
): Promise<unknown> {
  if (!secrets || !originalId) return undefined
  const where = { id: originalId, ownerId, type }
  return (await tx.job.findFirst({ where, select: { input: true } }))?.input
}

/**
 * Checks an input against its definition, and encrypts what is secret in it; issues have paths within
 * the input.
 */
export function parseInput<Input extends z.ZodType>(
  definition: JobDefinition<string, Input>,
  input: unknown,
  context: SecretsContext,
): Parsed<Input> {
  const result = definition.input.safeParse(input)
  if (!result.success) return { issues: fieldIssues(result.error.issues) }
  if (!isStorable(result.data)) {
    return { issues: [{ path: '', message: 'May not contain U+0000 or half a surrogate pair' }] }
  }
  const sealed = sealSecrets(definition, result.data, context)
  return sealed.issues.length > 0 ? { issues: sealed.issues } : { parsed: sealed.input }
}

/** The issues with their paths below `field`. */
export function under(field: string, issues: FieldIssue[]): FieldIssue[] {
  return issues.map(({ path, message }) => ({ path: path ? `${field}.${path}` : field, message }))
}

/** A checked and prepared input as the row to be written. */
export function newJob(
  definition: JobDefinition,
  input: unknown,
  preparation: Preparation,
  options: EnqueueOptions,
): NewJob {
  return newJobAndJson(definition, input, preparation, options).job
}

/** As `newJob`, with its input's JSON, for whoever has to know how much of it there is. */
export function newJobAndJson(
  definition: JobDefinition,
  input: unknown,
  preparation: Preparation,
  options: EnqueueOptions,
): { job: NewJob; json: string } {
  const tags = [...new Set(options.tags ?? [])]
  const json = JSON.stringify(input)
  const shown = definition.secrets ? JSON.stringify(maskSecrets(definition, input)) : json
  const job = {
    id: uuidv7(),
    type: definition.type,
    queue: definition.queue,
    ownerId: options.ownerId,
    title: preparation.title,
    input,
    inputVersion: definition.inputVersion,
    maxAttempts: definition.attempts,
    backoff: definition.backoff,
    timeoutMs: definition.timeoutMs,
    priority: options.priority ?? preparation.priority ?? definition.priority,
    tags,
    batchId: options.batchId ?? null,
    scheduleId: options.scheduleId ?? null,
    originalId: options.originalId ?? null,
    idempotencyKey: options.idempotencyKey ?? null,
    inputHash: hash(`${definition.type}\n${json}`),
    dedupeKey: preparation.dedupeKey
      ? hash([options.ownerId, definition.type, preparation.dedupeKey].join('\n'))
      : null,
    text: searchText([preparation.title, definition.type, ...tags, shown]),
    runAt: options.runAt?.toISOString() ?? null,
    delayMs: options.delayMs ?? 0,
    traceparent: traceparent() ?? null,
  }
  return { job, json }
}

function hash(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}

/** Longest text of one job that a search looks into, in characters. */
const SEARCH_LIMIT = 4_000

function searchText(parts: string[]): string {
  return parts.join(' ').toLowerCase().slice(0, SEARCH_LIMIT).toWellFormed()
}

async function findExisting(tx: Database, record: NewJob): Promise<Job | null> {
  const { ownerId, type, idempotencyKey, dedupeKey, inputHash } = record
  if (idempotencyKey) {
    const job = await tx.job.findFirst({ where: { ownerId, type, idempotencyKey } })
    if (job && job.inputHash !== inputHash) {
      throw new AppError(
        'conflict',
        'This idempotency key was used with another input. Use a new key for a new job.',
      )
    }
    if (job) return job
  }
  if (!dedupeKey) return null
  return tx.job.findFirst({ where: { dedupeKey, endedAs: null } })
}
