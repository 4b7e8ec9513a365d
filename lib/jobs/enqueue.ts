import type { z } from 'zod'
import type { Job } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { traced } from '@/lib/telemetry/tracing'
import type { JobDefinition } from './definition'
import type { EnqueueOptions } from './request'
import { enqueueJobs, RECORD } from './transitions/enqueue'

export type Enqueued = {
  job: Job
  /** False when the idempotency key, or a running duplicate, led to a job that existed already. */
  created: boolean
}

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
    const requests = [{ definition, input, options }]
    const [outcome] = await enqueueJobs<Job>(tx, requests, RECORD, () => '')
    if (outcome?.kind !== 'created' && outcome?.kind !== 'exists') {
      throw new Error(`The job of the type ${type} was neither made nor refused`)
    }
    const enqueued = { job: outcome.job, created: outcome.kind === 'created' }
    span.add({ 'millrace.job.id': enqueued.job.id, 'millrace.job.created': enqueued.created })
    return enqueued
  })
}
