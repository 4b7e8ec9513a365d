import { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import { AppError } from '@/lib/errors/app-error'
import { dayField, timeField } from '@/lib/time/time-fields'
import { statusesOf, statusNames } from '../status'

/** Text to compare with: PostgreSQL's holds no NUL. */
const text = (longest: number) =>
  z
    .string()
    .max(longest, { error: `Expected at most ${longest} characters` })
    .refine((value) => !value.includes('\0') && value.isWellFormed(), {
      error: 'May not contain U+0000 or half a surrogate pair',
    })

const status = z
  .string()
  .max(100)
  .refine((names) => names.split(',').every((name) => statusNames.includes(name)), {
    error: `Expected one of ${statusNames.join(', ')}, or several with commas between them`,
  })
  .meta({ description: 'One status, or several with commas between them: `failed,retrying`.' })

const time = timeField().or(dayField())

/** Stands for the jobs that nobody owns, in a filter by owner. */
export const SYSTEM = 'system'

const words = {
  type: text(100).optional(),
  status: status.optional(),
  queue: text(100).optional(),
  tag: text(100).optional(),
  batchId: z.uuid().optional(),
  scheduleId: z.uuid().optional(),
  from: time.optional(),
  to: time.optional(),
  endedFrom: time.optional(),
  endedTo: time.optional(),
  q: text(200).optional(),
  error: z
    .guid()
    .optional()
    .meta({ description: 'Failed jobs with this error, by the id of the error’s group.' }),
  owner: z
    .uuid()
    .or(z.literal(SYSTEM))
    .optional()
    .meta({ description: 'For admins: jobs of this person, or `system`.' }),
}

/** A filter as it is written: what a job that acts on all that match keeps of it. */
export const filterWordsSchema = z.strictObject(words)
export type FilterWords = z.output<typeof filterWordsSchema>

/** The same as a query, in which what is unknown is passed over. */
export const filterQuerySchema = z.object(words)

const date = time.transform((value) => new Date(value)).optional()

/** What a list of jobs may be narrowed to; the same names in the API's query and the console's URL. */
export const jobFilterSchema = z.object({
  ...words,
  status: status.transform(statusesOf).optional(),
  from: date,
  to: date,
  endedFrom: date,
  endedTo: date,
})
export type JobFilter = z.output<typeof jobFilterSchema>

/**
 * Whose jobs are asked for is for admins to say.
 * @throws {AppError} `forbidden` when anybody else asks for the jobs of others
 */
export function requireOwnFilter(viewer: Viewer, { owner }: { owner?: string | undefined }): void {
  if (owner !== undefined && owner !== viewer.userId && viewer.role !== 'ADMIN') {
    throw new AppError('forbidden', 'Only an admin may ask for the jobs of others.')
  }
}
