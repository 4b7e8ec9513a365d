import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { takingTurns } from '@/lib/fairness/turns'
import { traceparent } from '@/lib/telemetry/tracing'
import type { Preparation } from './definition'
import { maskSecrets } from './input-secrets'
import type { CheckedRequest, JobRequest } from './request'

/** A job about to be written; times and its turn are the database's to decide. */
export type NewJob = ReturnType<typeof newJob>['job']

/**
 * Rows of one statement, and characters of their inputs: more would hold others up, and Prisma keeps
 * the arguments of its last hundred steps.
 */
const CHUNK_ROWS = 1_000
const CHUNK_CHARACTERS = 256 * 1024

/** Longest text of one job that a search looks into, in characters. */
const SEARCH_LIMIT = 4_000

/**
 * Those of the requests that are not refused as rows to be written, a statement's worth at a time; `place`
 * is a request's among all. Others have their turn meanwhile.
 */
export async function* newJobs(
  checked: CheckedRequest[],
): AsyncGenerator<{ place: number; job: NewJob }[]> {
  const turn = takingTurns()
  let chunk: { place: number; job: NewJob }[] = []
  let characters = 0
  for (const [place, { request, input, preparation }] of checked.entries()) {
    if (!preparation) continue
    const { job, json } = newJob(request, input, preparation)
    chunk.push({ place, job })
    characters += json.length
    if (chunk.length >= CHUNK_ROWS || characters >= CHUNK_CHARACTERS) {
      yield chunk
      chunk = []
      characters = 0
    }
    await turn()
  }
  if (chunk.length > 0) yield chunk
}

/** The row of a request, and its input's JSON. */
function newJob({ definition, options }: JobRequest, input: unknown, preparation: Preparation) {
  const { type, queue, inputVersion, attempts, backoff, timeoutMs, secrets } = definition
  const tags = [...new Set(options.tags ?? [])]
  const json = JSON.stringify(input)
  const shown = secrets ? JSON.stringify(maskSecrets(definition, input)) : json
  const text = [preparation.title, type, ...tags, shown].join(' ').toLowerCase()
  const job = {
    id: uuidv7(),
    type,
    queue,
    ownerId: options.ownerId,
    title: preparation.title,
    input,
    inputVersion,
    maxAttempts: attempts,
    backoff,
    timeoutMs,
    priority: options.priority ?? preparation.priority ?? definition.priority,
    tags,
    batchId: options.batchId ?? null,
    scheduleId: options.scheduleId ?? null,
    originalId: options.originalId ?? null,
    idempotencyKey: options.idempotencyKey ?? null,
    inputHash: hash(`${type}\n${json}`),
    dedupeKey: preparation.dedupeKey
      ? hash([options.ownerId, type, preparation.dedupeKey].join('\n'))
      : null,
    /** What a search looks into. */
    text: text.slice(0, SEARCH_LIMIT).toWellFormed(),
    /** Null: `delayMs` from now. */
    runAt: options.runAt?.toISOString() ?? null,
    delayMs: options.delayMs ?? 0,
    /** The span that creates it, when there is tracing. */
    traceparent: traceparent() ?? null,
  }
  return { job, json }
}

function hash(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}
