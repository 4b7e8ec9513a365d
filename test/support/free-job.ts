import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Job } from '@/lib/db/generated/client'
import { defineJob, type JobDefinition } from '@/lib/jobs/definition'
import { defineQueue } from '@/lib/jobs/queue'
import type { JobContext } from '@/workers/runtime/handler'
import type { RunnableJob } from '@/workers/runtime/registry'
import { submit } from './engine'

/** What a handler does, given by the test that runs in the same process. */
export type Act = (context: JobContext<unknown>) => unknown

const acts = new Map<string, Act>()
const input = z.strictObject({ act: z.string() })

/** A job type whose handlers do, return and throw what a test wants. */
const free = defineJob({
  type: 'free',
  queue: defineQueue({ name: 'free', concurrency: 50 }),
  label: 'Free',
  description: 'Does what a test wants.',
  input,
  output: z.any(),
  attempts: 2,
  backoff: { type: 'fixed', delayMs: 1 },
  async prepare(_db, inputs) {
    return inputs.map(() => ({ title: 'Free' }))
  },
})

/** The same with an output schema that is broken itself. */
export const freeThrower = {
  ...free,
  type: 'free-thrower',
  output: z.any().transform(() => {
    throw new Error('the schema is broken')
  }),
}

/** The same with a result that says nothing. */
export const freeVoid = { ...free, type: 'free-void', output: z.void() }

export const freeJobs: RunnableJob[] = [free, freeThrower, freeVoid].map((definition) => ({
  definition,
  load: async () => async (context) => acts.get(input.parse(context.input).act)?.(context),
}))

/** Enqueues a job that does this. */
export async function submitAct(
  act: Act,
  definition: JobDefinition<string, typeof input> = free,
): Promise<Job> {
  const key = randomUUID()
  acts.set(key, act)
  return submit(definition, { act: key })
}
