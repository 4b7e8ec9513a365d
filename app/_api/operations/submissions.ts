import { z } from 'zod'
import { submissionSchema } from '@/app/_server/jobs/submit'
import { batchSubmissionSchema } from '@/app/_server/jobs/submit-batch'
import { definitions } from '@/lib/jobs/catalog'
import type { JobDefinition } from '@/lib/jobs/definition'
import { MAX_BATCH_ITEMS } from '@/lib/jobs/enqueue-many'

const userFacing = definitions.filter((definition) => definition.userFacing)

/** What creates a job: one schema per type, so that generated clients know each type's input. */
export const anySubmission = z
  .union(userFacing.map(submissionOf))
  .meta({ id: 'JobSubmission', description: 'A job to create.' })

/** What creates a batch: one schema per type. */
export const anyBatch = z
  .union(userFacing.map(batchOf))
  .meta({ id: 'BatchSubmission', description: 'Up to 10,000 jobs of one type.' })

function submissionOf({ type, description, input }: JobDefinition) {
  return submissionSchema
    .extend({ type: z.literal(type), input })
    .meta({ id: `${pascal(type)}Submission`, description })
}

function batchOf({ type, label, input }: JobDefinition) {
  const items = batchSubmissionSchema.shape.items
  const item = items.element.extend({ input })
  return batchSubmissionSchema
    .extend({ type: z.literal(type), items: z.array(item).min(1).max(MAX_BATCH_ITEMS) })
    .meta({ id: `${pascal(type)}Batch`, description: `${label} jobs.` })
}

/** The example of each type's input, as its definition gives it. */
export const inputExamples: ReadonlyMap<string, unknown> = new Map(
  userFacing.flatMap(({ type, input }) => {
    const example = input.meta()?.examples
    return Array.isArray(example) && example.length > 0 ? [[type, example[0]] as const] : []
  }),
)

function pascal(type: string): string {
  return type
    .split(/[^a-z0-9]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
