import { z } from 'zod'
import { defineJob } from '@/lib/jobs/definition'
import { defineQueue } from '@/lib/jobs/queue'
import type { RunnableJob } from '@/workers/runtime/registry'

/** The benchmark's queue serves this many jobs at once. */
export const CONCURRENCY = 500

/** A job without work: what remains is the price of the path. */
export const noOp = defineJob({
  type: 'no-op',
  queue: defineQueue({ name: 'bench', concurrency: CONCURRENCY }),
  label: 'No-op',
  description: 'Does nothing.',
  input: z.strictObject({ number: z.int() }),
  output: z.object({}),
  async prepare(_db, inputs) {
    return inputs.map(() => ({ title: 'No-op' }))
  },
})

/** The job with a handler that tells when it starts. */
export function noOpJobs(started: (number: number) => void = () => undefined): RunnableJob[] {
  const load = async () => async (context: { input: unknown }) => {
    started(noOp.input.parse(context.input).number)
    return {}
  }
  return [{ definition: noOp, load }]
}
