import { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { invalidInput } from '@/lib/errors/app-error'
import { definitions, findDefinition } from '@/lib/jobs/catalog'
import type { JobDefinition } from '@/lib/jobs/definition'
import { type Enqueued, enqueue } from '@/lib/jobs/enqueue'
import { timeField } from '@/lib/time/time-fields'

/** Furthest a job may be put off, in days. */
const MAX_DELAY_DAYS = 366
const MAX_DELAY_MS = MAX_DELAY_DAYS * 24 * 3600_000

/** Idempotency keys: up to 200 printable ASCII characters. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, { error: 'Expected 1 to 200 printable ASCII characters' })

/** What a person or an API client sends to create a job; `input` is checked by the type's definition. */
export const submissionSchema = z.strictObject({
  type: z.string({ error: 'Expected the name of a job type' }),
  input: z.unknown(),
  runAt: timeField()
    .transform((value) => new Date(value))
    .refine((value) => value.getTime() - Date.now() <= MAX_DELAY_MS, {
      error: `Expected a time within ${MAX_DELAY_DAYS} days`,
    })
    .optional(),
  delayMs: z
    .int({ error: 'Expected a whole number of milliseconds' })
    .min(0, { error: 'Expected 0 or more milliseconds' })
    .max(MAX_DELAY_MS, { error: `Expected at most ${MAX_DELAY_DAYS} days` })
    .optional(),
  priority: z
    .int({ error: 'Expected a whole number from 1 (most urgent) to 1000' })
    .min(1, { error: 'Expected 1 (most urgent) to 1000' })
    .max(1000, { error: 'Expected 1 (most urgent) to 1000' })
    .optional()
    .meta({ description: 'Lower is more urgent; below 10 is for admins only.' }),
  tags: z
    .array(
      z.string().regex(/^[^\p{Cc}\p{Cs},]{1,50}$/u, {
        error: 'Expected 1 to 50 characters without commas',
      }),
    )
    .max(20, { error: 'Expected at most 20 tags' })
    .optional(),
  idempotencyKey: idempotencyKey.optional(),
  originalId: z.uuid().optional(),
})
export type Submission = z.output<typeof submissionSchema>

/**
 * The definition of a type that people may create jobs of.
 * @throws {AppError} `invalid_input` for an unknown one, and for those only the system enqueues
 */
export function findUserFacing(type: string): JobDefinition {
  const definition = findDefinition(type)
  if (!definition?.userFacing) {
    const names = definitions.filter(({ userFacing }) => userFacing).map((known) => known.type)
    throw invalidInput([{ path: 'type', message: `Expected one of ${names.join(', ')}` }])
  }
  return definition
}

/** What anybody may ask for; what is more urgent is for the system, and for admins. */
const MOST_URGENT_FOR_ALL = 10

/** Why the viewer may not have this priority; undefined when they may. */
export function priorityProblem(
  { role }: Viewer,
  priority: number | undefined,
): string | undefined {
  if (role === 'ADMIN' || priority === undefined || priority >= MOST_URGENT_FOR_ALL)
    return undefined
  return `Expected ${MOST_URGENT_FOR_ALL} to 1000; only admins may ask for 1 to ${MOST_URGENT_FOR_ALL - 1}`
}

/**
 * Creates a job for the viewer, and nothing else with it.
 * @throws {AppError} `invalid_input` naming each field; `conflict` for a reused idempotency key
 */
export async function submitJob(viewer: Viewer, submission: Submission): Promise<Enqueued> {
  const { type, input, ...options } = submission
  const definition = findUserFacing(type)
  const message = priorityProblem(viewer, options.priority)
  if (message) throw invalidInput([{ path: 'priority', message }])
  return enqueue(prisma(), definition, input, {
    ...options,
    ownerId: viewer.userId,
    role: viewer.role,
  })
}
