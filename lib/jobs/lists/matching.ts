import type { Viewer } from '@/lib/access/viewer'
import { Prisma } from '@/lib/db/generated/client'
import { escapeLike } from '@/lib/db/like'
import { lowestIdAt } from '@/lib/db/lowest-id'
import { hasStatus } from '../status'
import { type JobFilter, SYSTEM } from './filter'

/**
 * Ids are made by the clocks of web servers and workers, times by the database's: they may differ
 * by so much.
 */
const CLOCKS_MS = 2 * 3600_000

/** What else is asked of jobs, besides a filter. */
export type Also = {
  /** Ids above this one. */
  above?: string | null | undefined
  /** Ids below this one. */
  below?: string | null | undefined
  conditions?: readonly Prisma.Sql[]
}

/** A filter as conditions on the two tables that know about jobs. */
export type Conditions = {
  /** On "Job" job. */
  job: Prisma.Sql[]
  /** On "JobFacts" facts; empty when the filter asks for nothing that only it knows. */
  facts: Prisma.Sql[]
}

/** What jobs the viewer may see and that fit a filter have in common. */
export function conditionsOf(viewer: Viewer, filter: JobFilter, also: Also = {}): Conditions {
  const owner = ownerOf(viewer, filter)
  const [below, above] = boundsOf(filter, also)
  // Said of both tables, so that either can lead: an inequality does not follow from a join.
  const ofBoth = (table: 'job' | 'facts', id: string) => [
    ...(owner === undefined ? [] : [owned(table, owner)]),
    ...(below ? [Prisma.sql`${Prisma.raw(id)} < ${below}::uuid`] : []),
    ...(above ? [Prisma.sql`${Prisma.raw(id)} > ${above}::uuid`] : []),
  ]
  const facts = factConditions(filter)
  return {
    job: [...ofBoth('job', 'job.id'), ...jobConditions(filter), ...(also.conditions ?? [])],
    facts: facts.length > 0 ? [...ofBoth('facts', 'facts."jobId"'), ...facts] : [],
  }
}

/**
 * The jobs that the viewer may see and that fit a filter, as SQL from FROM on, open for further
 * conditions: the job is `job`, what it is found by `facts`, where the filter asks for that.
 */
export function matching(viewer: Viewer, filter: JobFilter, also: Also = {}): Prisma.Sql {
  const { job, facts } = conditionsOf(viewer, filter, also)
  const from =
    facts.length > 0
      ? Prisma.sql`FROM "Job" job JOIN "JobFacts" facts ON facts."jobId" = job.id`
      : Prisma.sql`FROM "Job" job`
  return Prisma.sql`${from} WHERE ${allOf([...job, ...facts])}`
}

/** Conditions as one. */
export function allOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length > 0 ? Prisma.join([...conditions], ' AND ') : Prisma.sql`true`
}

/**
 * Between which ids jobs can be. Nothing is created after it has ended: what is bounded in time is
 * bounded in ids, which lists are ordered by.
 */
function boundsOf({ from, to, endedTo }: JobFilter, { above, below }: Also) {
  const latest = earlier(to, endedTo)
  const highest = [below, latest && idAt(latest, CLOCKS_MS)].filter((id) => id != null)
  const lowest = [above, from && idAt(from, -CLOCKS_MS)].filter((id) => id != null)
  return [highest.sort().at(0), lowest.sort().at(-1)] as const
}

/** Undefined: of everybody. Nobody but an admin sees more than their own, whatever they ask for. */
function ownerOf(viewer: Viewer, { owner }: JobFilter): string | undefined {
  return viewer.role === 'ADMIN' ? owner : viewer.userId
}

function owned(table: 'job' | 'facts', owner: string): Prisma.Sql {
  const column = Prisma.raw(`${table}."ownerId"`)
  return owner === SYSTEM ? Prisma.sql`${column} IS NULL` : Prisma.sql`${column} = ${owner}::uuid`
}

function jobConditions(filter: JobFilter): Prisma.Sql[] {
  const { status, from, to, endedFrom, endedTo, error } = filter
  return [
    ...(status ? [Prisma.raw(`(${status.map(hasStatus).join(' OR ')})`)] : []),
    ...(error ? [Prisma.sql`job."endedAs" = 'FAILED' AND job."errorGroup" = ${error}::uuid`] : []),
    ...(from ? [Prisma.sql`job."createdAt" >= ${from}::timestamptz`] : []),
    ...(to ? [Prisma.sql`job."createdAt" < ${to}::timestamptz`] : []),
    ...(endedFrom ? [Prisma.sql`job."finishedAt" >= ${endedFrom}::timestamptz`] : []),
    ...(endedTo ? [Prisma.sql`job."finishedAt" < ${endedTo}::timestamptz`] : []),
  ]
}

/** What `JobFacts` knows. */
function factConditions({ type, queue, batchId, scheduleId, tag, q }: JobFilter): Prisma.Sql[] {
  return [
    ...(type ? [Prisma.sql`facts.type = ${type}`] : []),
    ...(queue ? [Prisma.sql`facts.queue = ${queue}`] : []),
    ...(batchId ? [Prisma.sql`facts."batchId" = ${batchId}::uuid`] : []),
    ...(scheduleId ? [Prisma.sql`facts."scheduleId" = ${scheduleId}::uuid`] : []),
    ...(tag ? [Prisma.sql`facts.tags @> ARRAY[${tag}::text]`] : []),
    ...(q ? [contains(q.toLowerCase())] : []),
  ]
}

/** Texts up to this length are looked up in the index by all that is in them, in characters. */
const SHORT_TEXT = 12

/**
 * The index knows texts by each three letters in a row, and asks for all that a pattern holds. A third
 * of those of a long text find as few jobs in a third of the time; the text itself then decides.
 */
function contains(text: string): Prisma.Sql {
  const pieces = text.length > SHORT_TEXT ? piecesOf(text) : []
  if (pieces.length === 0) return Prisma.sql`facts.text LIKE ${`%${escapeLike(text)}%`}`
  return Prisma.sql`facts.text LIKE ${`%${pieces.join('%')}%`} AND strpos(facts.text, ${text}) > 0`
}

/** A text's words, cut into pieces of three to five letters. */
function piecesOf(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]{3,}/gu) ?? []
  return words.flatMap((word) => word.match(/.{3}(?:.{1,2}$)?/gu) ?? [])
}

function earlier(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (!one || !other) return one ?? other
  return one < other ? one : other
}

/** Ids hold 48 bits of milliseconds since 1970. */
function idAt(moment: Date, shiftMs: number): string {
  const milliseconds = moment.getTime() + shiftMs
  return lowestIdAt(new Date(Math.min(Math.max(milliseconds, 0), 2 ** 48 - 1)))
}
