import type { Job as Entry, Queue } from 'bullmq'
import { findUserFacing, submitJob } from '@/app/_server/jobs/submit'
import { invalidInput } from '@/lib/errors/app-error'
import { addEntries } from '@/lib/queue/entries'
import { actor } from './actor'

/**
 * Adds a job through its record, as the API does: `type` names the job type, `input` is checked by
 * its definition. The job is the admin's own.
 * @throws {AppError} `invalid_input`
 */
export async function addRecorded(
  queue: Queue,
  type: string,
  input: unknown,
  delayMs = 0,
): Promise<Entry> {
  const definition = findUserFacing(type)
  if (definition.queue !== queue.name) {
    throw invalidInput([
      { path: 'name', message: `Jobs of type ${type} belong to ${definition.queue}` },
    ])
  }
  const { job } = await submitJob(actor(), { type, input, delayMs })
  await addEntries(queue.name, [{ ...job, delayMs }])
  const entry = await queue.getJob(job.id)
  if (!entry) throw new Error(`The job ${job.id} is recorded; the queue will have it in a moment`)
  return entry
}
