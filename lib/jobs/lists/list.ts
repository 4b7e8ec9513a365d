import { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import { Prisma } from '@/lib/db/generated/client'
import { type Page, type PageRequest, pageById, pageSchema } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { parseQuery } from '@/lib/errors/parse-input'
import {
  type FilterWords,
  filterQuerySchema,
  type JobFilter,
  jobFilterSchema,
  requireOwnFilter,
} from './filter'
import { type ListedJob, listedColumns } from './listed'
import { matching } from './matching'
import { newestMatching, ofEachStatus } from './newest'

/** The query of `GET /api/v1/jobs`. */
export const jobQuerySchema = jobFilterSchema.extend(pageSchema.shape).extend({
  summary: z
    .enum(['true', 'false'], { error: 'Expected true or false' })
    .optional()
    .meta({ description: '`true` leaves out `input` and `result`, which may be long.' }),
})

/** The query of a job's log, whose lines are paged by their own numbers. */
export const logQuerySchema = pageSchema.extend({
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, { error: 'Expected the nextCursor of the page before' })
    .optional(),
})

/** Reads filters alone, as they are written. @throws {AppError} `invalid_input` naming each parameter */
export function parseFilterQuery(params: URLSearchParams): FilterWords {
  return parseQuery(filterQuerySchema, params)
}

/** Reads paging alone. @throws {AppError} `invalid_input` naming each parameter */
export function parsePageQuery(params: URLSearchParams): PageRequest {
  return parseQuery(pageSchema, params)
}

/**
 * Jobs the viewer may see, newest first.
 * @throws {AppError} `forbidden` when the filter names another owner and the viewer is no admin
 */
export async function listJobs(
  viewer: Viewer,
  filter: JobFilter,
  page: PageRequest,
): Promise<Page<ListedJob>> {
  requireOwnFilter(viewer, filter)
  return pageById(await newestMatching(viewer, filter, page.limit + 1, page.cursor), page)
}

/**
 * The jobs right before the one `newerThan`, newest first: the page one comes back to.
 * `nextCursor` leads on to the page with `newerThan` itself.
 * @throws {AppError} as `listJobs`
 */
export async function listNewerJobs(
  viewer: Viewer,
  filter: JobFilter,
  { limit, newerThan }: { limit: number; newerThan: string },
): Promise<Page<ListedJob>> {
  requireOwnFilter(viewer, filter)
  const rows = await ofEachStatus(filter, async (one) => {
    const jobs = matching(viewer, one, { above: newerThan })
    const above = await prisma().$queryRaw<ListedJob[]>(Prisma.sql`
      SELECT ${listedColumns} ${jobs} ORDER BY job.id LIMIT ${limit}`)
    return above.reverse()
  })
  const data = rows.slice(-limit)
  return { data, nextCursor: data.at(-1)?.id ?? null }
}
