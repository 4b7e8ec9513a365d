import type { Viewer } from '@/lib/access/viewer'
import { Prisma } from '@/lib/db/generated/client'
import { JobStatus } from '@/lib/db/generated/enums'
import { prisma } from '@/lib/db/prisma'
import { BULK_TYPE } from '@/lib/jobs/bulk/action'
import type { JobFilter } from '@/lib/jobs/lists/filter'
import { matching } from '@/lib/jobs/lists/matching'

/** Jobs are counted up to this; one more stands for any number above. */
export const NOW_UP_TO = 1_000

/** Jobs of the last day are counted up to this in each status; one more stands for any number above. */
export const RECENT_UP_TO = 10_000

/** How things stand: what runs, what waits, and what failed since some moment. */
export type JobsNow = { active: number; queued: number; retrying: number; failed: number }

/** Counts, from indexes alone, the jobs the viewer may see. @param since failures before it are left out */
export async function countNow(viewer: Viewer, since: Date): Promise<JobsNow> {
  const ofStatus = (status: JobStatus) => counted(matching(viewer, { status: [status] }), NOW_UP_TO)
  // By the moment it failed, which has an index of its own.
  const failed = matching(
    viewer,
    {},
    {
      conditions: [
        Prisma.sql`job."endedAs" = 'FAILED' AND job."finishedAt" >= ${since}::timestamptz`,
      ],
    },
  )
  const [counts] = await prisma().$queryRaw<JobsNow[]>(Prisma.sql`
    SELECT ${ofStatus('ACTIVE')} AS active, ${ofStatus('QUEUED')} AS queued,
      ${ofStatus('RETRYING')} AS retrying, ${counted(failed, NOW_UP_TO)} AS failed`)
  return counts ?? { active: 0, queued: 0, retrying: 0, failed: 0 }
}

/** How many jobs the viewer may see and fit a filter; one more than `upTo` at most. */
export async function countMatching(viewer: Viewer, filter: JobFilter, upTo: number) {
  const [row] = await prisma().$queryRaw<{ count: number }[]>(
    Prisma.sql`SELECT ${counted(matching(viewer, filter), upTo)} AS count`,
  )
  return row?.count ?? 0
}

/** Failed jobs of a queue are counted up to this. */
export const FAILED_UP_TO = 1_000

/** How many jobs of a queue have failed and can be retried together; `FAILED_UP_TO` may be more. */
export async function countFailed(queue: string): Promise<number> {
  const rows = await prisma().$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT ${counted(
      Prisma.sql`FROM "Job" WHERE "endedAs" = 'FAILED' AND queue = ${queue}
        AND type <> ${BULK_TYPE}`,
      FAILED_UP_TO - 1,
    )} AS count`)
  return rows[0]?.count ?? 0
}

export type StatusCounts = Record<JobStatus, number>

/** How many of the jobs that the viewer may see and that are not a day old are in each status. */
export function countRecent(viewer: Viewer): Promise<StatusCounts> {
  return countByStatus(viewer, { from: new Date(Date.now() - 24 * 3600_000) }, RECENT_UP_TO)
}

/** How many of the jobs that the viewer may see and that fit a filter are in each status; one more than `upTo` at most. */
export async function countByStatus(
  viewer: Viewer,
  filter: JobFilter,
  upTo: number,
): Promise<StatusCounts> {
  const ofStatus = (status: JobStatus) =>
    Prisma.sql`${counted(matching(viewer, { ...filter, status: [status] }), upTo)} AS ${Prisma.raw(`"${status}"`)}`
  const columns = Prisma.join(Object.values(JobStatus).map(ofStatus))
  const [counts] = await prisma().$queryRaw<StatusCounts[]>(Prisma.sql`SELECT ${columns}`)
  if (!counts) throw new Error('PostgreSQL answered a SELECT without FROM with no row')
  return counts
}

/** How many of some jobs ended how. */
type Outcomes = { start: number; completed: number; failed: number; canceled: number }

const HOURS = 24
const HOUR_MS = 3600_000

/** What became of the viewer's jobs of the last day, by the hour they were created in. */
export async function lastDay(viewer: Viewer): Promise<Outcomes[]> {
  const first = (Math.floor(Date.now() / HOUR_MS) - HOURS + 1) * HOUR_MS
  const recent = matching(viewer, { from: new Date(first) })
  const rows = await prisma().$queryRaw<{ hour: number; status: JobStatus; count: number }[]>(
    Prisma.sql`
      SELECT floor(EXTRACT(EPOCH FROM "createdAt" - ${new Date(first)}::timestamptz) / 3600)::int AS hour,
        "endedAs" AS status, count(*)::int AS count
      FROM (SELECT job."createdAt", job."endedAs" ${recent} ORDER BY job.id DESC LIMIT ${RECENT_UP_TO}) AS recent
      WHERE "endedAs" IS NOT NULL GROUP BY 1, 2`,
  )
  return Array.from({ length: HOURS }, (_, hour) => {
    const countOf = (status: JobStatus) =>
      rows.find((row) => row.hour === hour && row.status === status)?.count ?? 0
    return {
      start: first + hour * HOUR_MS,
      completed: countOf('COMPLETED'),
      failed: countOf('FAILED'),
      canceled: countOf('CANCELED'),
    }
  })
}

function counted(jobs: Prisma.Sql, upTo: number): Prisma.Sql {
  return Prisma.sql`(SELECT count(*)::int FROM (SELECT 1 ${jobs} LIMIT ${upTo + 1}) AS counted)`
}
