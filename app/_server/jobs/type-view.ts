import { z } from 'zod'
import type { JobDefinition } from '@/lib/jobs/definition'

/** A job type as the API describes it; `input` is JSON Schema (draft 2020-12). */
export const jobTypeViewSchema = z
  .object({
    type: z.string(),
    name: z.string(),
    label: z.string(),
    description: z.string(),
    queue: z.string(),
    input: z.record(z.string(), z.unknown()).meta({ description: 'The JSON Schema of its input.' }),
    defaults: z.object({
      attempts: z.int(),
      backoff: z.object({ type: z.enum(['exponential', 'fixed']), delayMs: z.int() }),
      timeoutMs: z.int(),
      concurrency: z.int(),
      priority: z.int(),
      rateLimit: z.object({ max: z.int(), durationMs: z.int() }).nullable(),
    }),
  })
  .meta({ id: 'JobType' })
export type JobTypeView = z.output<typeof jobTypeViewSchema>

export function jobTypeView(definition: JobDefinition): JobTypeView {
  const { type, label, description, queue, attempts, backoff, timeoutMs, priority } = definition
  const { concurrency, rateLimit } = definition.declaredQueue
  return {
    type,
    name: type,
    label,
    description,
    queue,
    input: { ...z.toJSONSchema(definition.input, { io: 'input', unrepresentable: 'any' }) },
    defaults: {
      attempts,
      backoff,
      timeoutMs,
      concurrency,
      priority,
      rateLimit: rateLimit ?? null,
    },
  }
}
