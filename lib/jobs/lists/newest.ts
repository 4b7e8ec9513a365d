import type { Viewer } from '@/lib/access/viewer'
import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import type { JobFilter } from './filter'
import { type ListedJob, listedColumns } from './listed'
import { allOf, conditionsOf, matching } from './matching'

// PostgreSQL finds the newest jobs that fit a tag, a text or a queue in one of two ways: it goes
// through jobs from the newest on, which is fast where many fit, or gathers all that fit from an
// index, which is fast where few do. It has to guess which, and a wrong guess among a million jobs
// costs a second. So it is not left to guess: the newest jobs are tried first, all others only where
// too few of those fit.

/** Jobs that are tried one by one, each at the cost of up to three rows. */
const NEAR = 1_500

/**
 * Ends a subquery that is to be looked up for each row, in their order, until enough are found: the
 * planner cannot join it in another way, which might read the whole table for some rows of it.
 */
const ONE_BY_ONE = Prisma.sql`OFFSET 0`

/** Statuses that few jobs are in: an index on them leads well enough. */
const RARE: readonly string[] = ['SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING', 'FAILED', 'CANCELED']

/** The newest jobs the viewer may see and that fit a filter. @param below those with lower ids alone */
export function newestMatching(
  viewer: Viewer,
  filter: JobFilter,
  limit: number,
  below: string | undefined,
): Promise<ListedJob[]> {
  return ofEachStatus(filter, (one) => newestOf(viewer, one, limit, below))
}

/**
 * The jobs that `read` finds by each status that a filter asks for, the newest first: no index has several
 * statuses in the order of ids, but each has one that does.
 */
export async function ofEachStatus(
  filter: JobFilter,
  read: (filter: JobFilter) => Promise<ListedJob[]>,
): Promise<ListedJob[]> {
  const { status = [] } = filter
  if (status.length < 2) return read(filter)
  const lists = await Promise.all(status.map((one) => read({ ...filter, status: [one] })))
  const once = new Map(lists.flat().map((job) => [job.id, job]))
  return [...once.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
}

async function newestOf(
  viewer: Viewer,
  filter: JobFilter,
  limit: number,
  below: string | undefined,
): Promise<ListedJob[]> {
  if (filter.q || filter.tag || filter.queue) {
    const near = await amongNewest(viewer, filter, limit, below)
    if (near) return near
    if (isAboutFactsAlone(filter)) return fromIndex(viewer, filter, limit, below)
  }
  return prisma().$queryRaw<ListedJob[]>(Prisma.sql`
    SELECT ${listedColumns} ${matching(viewer, filter, { below })} ORDER BY job.id DESC LIMIT ${limit}`)
}

/** Whether nothing but one of its facts tells the jobs from others: no other index could lead. */
function isAboutFactsAlone({ q, tag, queue, error, status, endedFrom, endedTo }: JobFilter) {
  const facts = [q, tag, queue].filter(Boolean)
  return (
    facts.length === 1 &&
    !error &&
    !endedFrom &&
    !endedTo &&
    !status?.some((one) => RARE.includes(one))
  )
}

/** Undefined when older jobs have to be looked at as well. */
async function amongNewest(
  viewer: Viewer,
  filter: JobFilter,
  limit: number,
  below: string | undefined,
): Promise<ListedJob[] | undefined> {
  const { facts } = conditionsOf(viewer, filter, { below })
  // What leads through the newest jobs is what an index in their order knows.
  const leading = matching(
    viewer,
    { ...filter, q: undefined, tag: undefined, queue: undefined },
    { below },
  )
  const ids = Prisma.sql`
    SELECT newest.id FROM (SELECT job.id ${leading} ORDER BY job.id DESC LIMIT ${NEAR}) newest
      CROSS JOIN LATERAL (SELECT FROM "JobFacts" facts
        WHERE facts."jobId" = newest.id AND ${allOf(facts)} ${ONE_BY_ONE}) facts
    ORDER BY newest.id DESC LIMIT ${limit}`
  const found = await lookUp(ids, [], limit)
  if (found.length === limit) return found
  const tried = await prisma().$queryRaw<unknown[]>(Prisma.sql`
    SELECT 1 ${leading} ORDER BY job.id DESC OFFSET ${NEAR} LIMIT 1`)
  return tried.length === 0 ? found : undefined
}

function fromIndex(
  viewer: Viewer,
  filter: JobFilter,
  limit: number,
  below: string | undefined,
): Promise<ListedJob[]> {
  const { job, facts } = conditionsOf(viewer, filter, { below })
  const ids = Prisma.sql`SELECT facts."jobId" AS id FROM "JobFacts" facts WHERE ${allOf(facts)}`
  return lookUp(ids, job, limit)
}

/** The jobs with these ids that also meet conditions, the newest first. */
function lookUp(ids: Prisma.Sql, conditions: Prisma.Sql[], limit: number): Promise<ListedJob[]> {
  return prisma().$queryRaw<ListedJob[]>(Prisma.sql`
    WITH found AS MATERIALIZED (${ids})
    SELECT job.* FROM (SELECT id FROM found ORDER BY id DESC) newest
      CROSS JOIN LATERAL (SELECT ${listedColumns} FROM "Job" job
        WHERE job.id = newest.id AND ${allOf(conditions)} ${ONE_BY_ONE}) job
    ORDER BY newest.id DESC LIMIT ${limit}`)
}
