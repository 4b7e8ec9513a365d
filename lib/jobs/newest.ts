import type { Viewer } from '@/lib/auth/viewer'
import { type Job, Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import type { JobFilter } from './filter'
import { allOf, conditionsOf, matching } from './matching'

// PostgreSQL finds the newest jobs that fit a tag, a text or a queue in one of two ways: it goes
// through jobs from the newest on, which is fast where many fit, or gathers all that fit from an
// index, which is fast where few do. It has to guess which, and a wrong guess among a million jobs
// costs a second. So it is not left to guess: the newest jobs are tried first, all others only where
// too few of those fit.

/** Jobs that are tried one by one. */
const NEAR = 2_000

/** Statuses that few jobs are in: an index on them leads well enough. */
const RARE: readonly string[] = ['SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING', 'FAILED', 'CANCELED']

/** The newest jobs the viewer may see and that fit a filter. @param below those with lower ids alone */
export async function newestMatching(
  viewer: Viewer,
  filter: JobFilter,
  limit: number,
  below: string | undefined,
): Promise<Job[]> {
  if (filter.q || filter.tag || filter.queue) {
    const near = await amongNewest(viewer, filter, limit, below)
    if (near) return near
    if (isAboutFactsAlone(filter)) return fromIndex(viewer, filter, limit, below)
  }
  return prisma().$queryRaw<Job[]>(Prisma.sql`
    SELECT job.* ${matching(viewer, filter, { below })} ORDER BY job.id DESC LIMIT ${limit}`)
}

/** Whether nothing but one of its facts tells the jobs from others: no other index could lead. */
function isAboutFactsAlone({ q, tag, queue, error, status, endedFrom, endedTo }: JobFilter) {
  const facts = [q, tag, queue].filter(Boolean)
  return facts.length === 1 && !error && !endedFrom && !endedTo && !RARE.includes(status ?? '')
}

/** Undefined when older jobs have to be looked at as well. */
async function amongNewest(
  viewer: Viewer,
  filter: JobFilter,
  limit: number,
  below: string | undefined,
): Promise<Job[] | undefined> {
  const { facts } = conditionsOf(viewer, filter, { below })
  // What leads through the newest jobs is what an index in their order knows.
  const leading = matching(
    viewer,
    { ...filter, q: undefined, tag: undefined, queue: undefined },
    { below },
  )
  const found = await prisma().$queryRaw<Job[]>(Prisma.sql`
    SELECT job.* FROM (SELECT job.* ${leading} ORDER BY job.id DESC LIMIT ${NEAR}) job
      JOIN "JobFacts" facts ON facts."jobId" = job.id
    WHERE ${allOf(facts)} ORDER BY job.id DESC LIMIT ${limit}`)
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
): Promise<Job[]> {
  const { job, facts } = conditionsOf(viewer, filter, { below })
  return prisma().$queryRaw<Job[]>(Prisma.sql`
    WITH found AS MATERIALIZED (SELECT facts."jobId" FROM "JobFacts" facts WHERE ${allOf(facts)})
    SELECT job.* FROM found JOIN "Job" job ON job.id = found."jobId"
    WHERE ${allOf(job)} ORDER BY job.id DESC LIMIT ${limit}`)
}
