import { z } from 'zod'
import { ownedBy, type Viewer } from '@/lib/auth/viewer'
import type { Job, Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { parseInput } from '@/lib/errors/parse-input'
import { statusNames, statusOf } from './status'

const statusWord = z
  .enum(statusNames, { error: `Expected one of ${statusNames.join(', ')}` })
  .transform((word) => statusOf(word))

const date = z.iso
  .datetime({ offset: true, error: 'Expected a time like 2026-01-31T12:00:00Z' })
  .or(z.iso.date())
  .transform((value) => new Date(value))

/** Text to compare with: PostgreSQL's holds no NUL. */
const text = (longest: number) =>
  z
    .string()
    .max(longest, { error: `Expected at most ${longest} characters` })
    .refine((value) => !value.includes('\0'), { error: 'May not contain U+0000' })

/** What a list of jobs may be narrowed to; the same names in the API's query and the console's URL. */
const jobFilterSchema = z.object({
  type: text(100).optional(),
  status: statusWord.optional(),
  queue: text(100).optional(),
  tag: text(100).optional(),
  batchId: z.uuid().optional(),
  scheduleId: z.uuid().optional(),
  from: date.optional(),
  to: date.optional(),
  endedFrom: date.optional(),
  endedTo: date.optional(),
  q: text(200).optional(),
})
export type JobFilter = z.output<typeof jobFilterSchema>

/** One page of a keyset-paged list: `cursor` is the id the page before ended with. */
export const pageSchema = z.object({
  limit: z.coerce
    .number({ error: 'Expected a number from 1 to 100' })
    .int()
    .min(1, { error: 'Expected 1 to 100' })
    .max(100, { error: 'Expected 1 to 100' })
    .default(50),
  cursor: z.uuid({ error: 'Expected the nextCursor of the page before' }).optional(),
})
export type PageRequest = z.output<typeof pageSchema>

/** The query of `GET /api/v1/jobs`. */
export const jobQuerySchema = jobFilterSchema.extend(pageSchema.shape)

/** The query of a job's log, whose lines are paged by their own numbers. */
export const logQuerySchema = pageSchema.extend({
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, { error: 'Expected the nextCursor of the page before' })
    .optional(),
})

export type Page<T> = { data: T[]; nextCursor: string | null }

/**
 * Reads filters and paging from a query string; empty values count as absent.
 * @throws {AppError} `invalid_input` naming each parameter
 */
export function parseJobQuery(params: URLSearchParams): { filter: JobFilter; page: PageRequest } {
  const { limit, cursor, ...filter } = parseInput(jobQuerySchema, queryOf(params))
  return { filter, page: { limit, ...(cursor ? { cursor } : {}) } }
}

/** Reads paging alone. @throws {AppError} `invalid_input` naming each parameter */
export function parsePageQuery(params: URLSearchParams): PageRequest {
  return parseInput(pageSchema, queryOf(params))
}

/** Reads the paging of a log. @throws {AppError} `invalid_input` naming each parameter */
export function parseLogQuery(params: URLSearchParams) {
  return parseInput(logQuerySchema, queryOf(params))
}

function queryOf(params: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...params].filter(([, value]) => value !== ''))
}

/** Jobs the viewer may see, newest first. */
export async function listJobs(
  viewer: Viewer,
  filter: JobFilter,
  page: PageRequest,
): Promise<Page<Job>> {
  const rows = await prisma().job.findMany({
    where: { AND: [whereOf(viewer, filter), page.cursor ? { id: { lt: page.cursor } } : {}] },
    orderBy: { id: 'desc' },
    take: page.limit + 1,
  })
  const data = rows.slice(0, page.limit)
  return { data, nextCursor: rows.length > page.limit ? (data.at(-1)?.id ?? null) : null }
}

/**
 * The jobs right before the one `newerThan`, newest first: the page one comes back to.
 * `nextCursor` leads on to the page with `newerThan` itself.
 */
export async function listNewerJobs(
  viewer: Viewer,
  filter: JobFilter,
  { limit, newerThan }: { limit: number; newerThan: string },
): Promise<Page<Job>> {
  const rows = await prisma().job.findMany({
    where: { AND: [whereOf(viewer, filter), { id: { gt: newerThan } }] },
    orderBy: { id: 'asc' },
    take: limit,
  })
  const data = rows.reverse()
  return { data, nextCursor: data.at(-1)?.id ?? null }
}

function whereOf(viewer: Viewer, filter: JobFilter): Prisma.JobWhereInput {
  const facts = factsOf(viewer, filter)
  return {
    ...ownedBy(viewer),
    ...(filter.status ? { status: filter.status } : {}),
    ...(filter.from || filter.to ? { createdAt: between(filter.from, filter.to) } : {}),
    ...(filter.endedFrom || filter.endedTo
      ? { finishedAt: between(filter.endedFrom, filter.endedTo) }
      : {}),
    ...(facts ? { facts: { is: facts } } : {}),
  }
}

/** Undefined when nothing is asked that `JobFacts` knows. */
function factsOf(viewer: Viewer, filter: JobFilter): Prisma.JobFactsWhereInput | undefined {
  const { type, queue, batchId, scheduleId, tag, q } = filter
  const wanted: Prisma.JobFactsWhereInput = {
    ...(type ? { type } : {}),
    ...(queue ? { queue } : {}),
    ...(batchId ? { batchId } : {}),
    ...(scheduleId ? { scheduleId } : {}),
    ...(tag ? { tags: { has: tag } } : {}),
    ...(q ? { text: { contains: escapeLike(q.toLowerCase()) } } : {}),
  }
  return Object.keys(wanted).length > 0 ? { ...ownedBy(viewer), ...wanted } : undefined
}

function between(from: Date | undefined, to: Date | undefined) {
  return { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) }
}

/** `%`, `_` and `\` mean themselves in a search. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
