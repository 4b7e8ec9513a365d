import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import type { Viewer } from '@/lib/auth/viewer'
import { isDatabaseAway } from '@/lib/db/away'
import { AppError, type FieldIssue } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import type { EnqueueOptions } from '@/lib/jobs/request'
import { submissionSchema } from '@/lib/jobs/submit'
import { logger } from '@/lib/log/logger'

/** When a job runs, and how it is marked; as every form asks for it. */
export type JobOptions = Pick<
  z.input<typeof submissionSchema>,
  'runAt' | 'priority' | 'tags' | 'originalId'
>

/** What was wrong with what was asked; `issues` have paths such as `input.to`. */
export type Problem = { message: string; issues: FieldIssue[] }

const optionsSchema = submissionSchema.pick({
  runAt: true,
  priority: true,
  tags: true,
  originalId: true,
})

/**
 * The options of the viewer's job, as services take them.
 * @throws {AppError} `invalid_input` naming each
 */
export function optionsFor({ userId, role }: Viewer, options: JobOptions): EnqueueOptions {
  return { ...parseInput(optionsSchema, options), ownerId: userId, role }
}

/** What people are told about an error of a submission. */
export function problemOf(error: unknown): Problem {
  unstable_rethrow(error)
  if (error instanceof AppError) {
    return { message: error.message, issues: error.details.issues ?? [] }
  }
  logger('http').error({ err: error }, 'a job could not be submitted')
  const message = isDatabaseAway(error)
    ? 'The database cannot be reached. Nothing was submitted; try again in a moment.'
    : 'Something went wrong on our side. Nothing was submitted; try again.'
  return { message, issues: [] }
}
