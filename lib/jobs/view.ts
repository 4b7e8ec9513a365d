import { z } from 'zod'
import type { Attempt, Job, JobLog } from '@/lib/db/generated/client'
import { waitingSince } from './clock'
import { shownInput } from './input-secrets'
import type { ListedJob } from './lists/listed'
import { statusNames } from './status'

const time = z.iso.datetime()

const progress = z.object({
  percent: z.number().min(0).max(100),
  message: z.string().exactOptional(),
})

const error = z.object({
  name: z.string(),
  message: z.string().meta({ description: 'What happened, for people.' }),
  code: z.string().exactOptional().meta({ description: 'Stable, e.g. `timeout`.' }),
})

/** What keeps a job from starting; more may come. */
const waitingReasons = [
  'scheduled',
  'retry_delay',
  'queue_paused',
  'paused',
  'no_worker',
  'unknown_type',
  'not_handed_over',
  'queue_away',
  'held_back',
  'rate_limited',
  'behind_others',
  'next',
] as const

const waiting = z.object({
  reason: z.enum(waitingReasons),
  message: z.string().meta({ description: 'The reason in a sentence, for people.' }),
  aheadOfIt: z.int().exactOptional().meta({
    description: 'Jobs ahead of it in its queue; 1001 means more than 1,000.',
  }),
  estimatedStart: time
    .exactOptional()
    .meta({ description: 'An estimate from the pace of its queue, where there is one.' }),
})

/** Why a job has not started. */
export type Waiting = z.output<typeof waiting>

/** A job as the HTTP API and the console's scripts see it. Times are ISO 8601 UTC. */
export const jobViewSchema = z
  .object({
    id: z.uuid(),
    type: z.string(),
    queue: z.string(),
    status: z.enum(statusNames),
    title: z.string().meta({ description: 'What the job is for, in a few words.' }),
    progress: progress.nullable(),
    input: z.unknown().meta({ description: 'Secrets are masked.' }),
    result: z.unknown(),
    error: error.nullable(),
    attempt: z.int().meta({ description: 'The latest attempt; 0 before the first.' }),
    maxAttempts: z.int(),
    priority: z.int().meta({ description: '1 is the most urgent.' }),
    tags: z.array(z.string()),
    batchId: z.uuid().nullable(),
    scheduleId: z.uuid().nullable(),
    idempotencyKey: z.string().nullable(),
    originalId: z.uuid().nullable().meta({ description: 'The job this one is a copy of.' }),
    cancelRequested: z.boolean(),
    createdAt: time,
    runAt: time.meta({ description: 'The earliest time it starts.' }),
    waitingSince: time.nullable().meta({
      description:
        'When it began to wait for a worker: enqueued, due, or retried. Null while it is not waiting.',
    }),
    startedAt: time.nullable().meta({ description: 'When its latest attempt began.' }),
    finishedAt: time.nullable(),
    nextAttemptAt: time.nullable(),
    waiting: waiting.nullable().exactOptional().meta({
      description:
        'Why it has not started; null when it is not waiting. Only when you get a single job.',
    }),
    omitted: z
      .array(z.enum(['input', 'result']))
      .exactOptional()
      .meta({
        description:
          'In lists: fields that are `null` here because they are longer than 16 kB, or because of `summary`.',
      }),
  })
  .meta({ id: 'Job' })
export type JobView = z.output<typeof jobViewSchema>

export function jobView(job: Job): JobView {
  const { result, idempotencyKey } = job
  return { ...jobSummary(job), input: shownInput(job), result, idempotencyKey }
}

/** What lists show of a job, and what the live stream carries: no input, no result. */
export type JobSummary = Omit<
  JobView,
  'input' | 'result' | 'idempotencyKey' | 'omitted' | 'waiting'
>

export function jobSummary(job: ListedJob): JobSummary {
  return {
    id: job.id,
    type: job.type,
    queue: job.queue,
    status: job.status.toLowerCase(),
    title: job.title,
    progress: readProgress(job.progress),
    error: readError(job.error),
    attempt: job.attempt,
    maxAttempts: job.maxAttempts,
    priority: job.priority,
    tags: job.tags,
    batchId: job.batchId,
    scheduleId: job.scheduleId,
    originalId: job.originalId,
    cancelRequested: job.cancelRequestedAt !== null,
    createdAt: job.createdAt.toISOString(),
    runAt: job.runAt.toISOString(),
    waitingSince: waitingSince(job)?.toISOString() ?? null,
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
    nextAttemptAt: job.nextAttemptAt?.toISOString() ?? null,
  }
}

export const attemptViewSchema = z
  .object({
    number: z.int(),
    reason: z.string().meta({ description: 'Why it ran, e.g. `first` or `retry`.' }),
    outcome: z.string().nullable().meta({ description: 'Null while it runs.' }),
    error: error.nullable(),
    workerId: z.string().nullable(),
    startedAt: time,
    finishedAt: time.nullable(),
  })
  .meta({ id: 'Attempt' })
export type AttemptView = z.output<typeof attemptViewSchema>

export function attemptView(attempt: Attempt): AttemptView {
  return {
    number: attempt.number,
    reason: attempt.reason.toLowerCase(),
    outcome: attempt.outcome?.toLowerCase() ?? null,
    error: readError(attempt.error),
    workerId: attempt.workerId,
    startedAt: attempt.startedAt.toISOString(),
    finishedAt: attempt.finishedAt?.toISOString() ?? null,
  }
}

export const logViewSchema = z
  .object({
    id: z.string(),
    attempt: z.int(),
    level: z.string(),
    message: z.string(),
    at: time,
  })
  .meta({ id: 'LogLine' })
export type LogView = z.output<typeof logViewSchema>

export function logView(log: JobLog): LogView {
  return {
    id: log.id.toString(),
    attempt: log.attempt,
    level: log.level.toLowerCase(),
    message: log.message,
    at: log.at.toISOString(),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readProgress(value: Job['input'] | null): JobView['progress'] {
  if (!isRecord(value) || typeof value.percent !== 'number') return null
  const { percent, message } = value
  return typeof message === 'string' ? { percent, message } : { percent }
}

/** An error's stack stays in the record, for admins. */
export function readError(value: Job['input'] | null): JobView['error'] {
  if (!isRecord(value)) return null
  const { name, message, code } = value
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : 'Unknown error',
    ...(typeof code === 'string' ? { code } : {}),
  }
}
