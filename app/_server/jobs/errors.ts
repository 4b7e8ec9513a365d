import type { Viewer } from '@/lib/access/viewer'
import { type Job, Prisma } from '@/lib/db/generated/client'
import { type Page, pageOf } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { allOf, matching } from '@/lib/jobs/lists/matching'
import { type JobView, readError } from '@/lib/jobs/view'

/** Failed jobs that failed alike: one type, one code, one message but for names and numbers in it. */
export type ErrorGroup = {
  id: string
  type: string
  error: NonNullable<JobView['error']>
  jobs: number
  /** How many people's they are; the system counts as one. */
  owners: number
  firstAt: string
  lastAt: string
  /** The job that failed last. */
  last: { id: string; title: string; ownerId: string | null }
}

/** Which groups a list shows, and of when the failures are that it counts. */
export type ErrorFilter = {
  type?: string | undefined
  queue?: string | undefined
  from?: Date | undefined
}

/** Where a page of groups begins: after the group that was last seen then. */
export type ErrorCursor = { lastAt: Date; id: string }

type Row = Pick<Job, 'type' | 'title' | 'ownerId' | 'error'> & {
  group: string
  jobs: number
  owners: number
  firstAt: Date
  lastAt: Date
  jobId: string
}

/**
 * Why jobs the viewer may see have failed, what failed last first. Counted from an index of the
 * failures as they are, so that the numbers agree with the jobs, whatever was retried or deleted.
 * `nextCursor` is read by `parseErrorCursor`.
 */
export async function listErrors(
  viewer: Viewer,
  { limit, cursor }: { limit: number; cursor?: ErrorCursor | undefined },
  { type, queue, from }: ErrorFilter = {},
): Promise<Page<ErrorGroup>> {
  const conditions = [Prisma.sql`job."endedAs" = 'FAILED'`]
  const failed = matching(viewer, { endedFrom: from }, { conditions })
  // A group is of one type, which its jobs tell: only then all groups are looked at.
  const narrow = [
    ...(type ? [Prisma.sql`last.type = ${type}`] : []),
    ...(queue ? [Prisma.sql`last.queue = ${queue}`] : []),
  ]
  const after = cursor
    ? Prisma.sql`WHERE ("lastAt", "group") < (${cursor.lastAt}::timestamptz, ${cursor.id}::uuid)`
    : Prisma.empty
  const rows = await prisma().$queryRaw<Row[]>(Prisma.sql`
    WITH owned AS (
      SELECT job."errorGroup" AS "group", job."ownerId", count(*) AS jobs,
        min(job."finishedAt") AS "firstAt", max(job."finishedAt") AS "lastAt"
      ${failed} GROUP BY job."errorGroup", job."ownerId"
    ), grouped AS (
      SELECT "group", sum(jobs)::int AS jobs, count(*)::int AS owners,
        min("firstAt") AS "firstAt", max("lastAt") AS "lastAt"
      FROM owned GROUP BY "group"
    ), page AS (
      SELECT * FROM grouped ${after} ORDER BY "lastAt" DESC, "group" DESC
      LIMIT ${narrow.length > 0 ? null : limit + 1}
    )
    SELECT page.*, last.id AS "jobId", last.type, last.title, last.error, last."ownerId"
    FROM page CROSS JOIN LATERAL (
      SELECT job.id, job.type, job.queue, job.title, job.error, job."ownerId" ${failed} AND job."errorGroup" = page."group" AND job."finishedAt" = page."lastAt"
      ORDER BY job.id DESC LIMIT 1
    ) last
    WHERE ${allOf(narrow)}
    ORDER BY page."lastAt" DESC, page."group" DESC LIMIT ${limit + 1}`)
  return pageOf(rows.map(groupOf), limit, ({ id, lastAt }) => `${lastAt}_${id}`)
}

/** Reads a `nextCursor`; undefined when it is none. */
export function parseErrorCursor(text: string | undefined): ErrorCursor | undefined {
  const [, at, id] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/.exec(text ?? '') ?? []
  const lastAt = new Date(at ?? Number.NaN)
  return id && !Number.isNaN(lastAt.getTime()) ? { lastAt, id } : undefined
}

/** Jobs that failed like one are counted up to this; one more stands for any number above. */
export const ALIKE_UP_TO = 1_000

/** Other jobs that failed like one. */
export type Alike = {
  group: string
  /** Up to `ALIKE_UP_TO`; one more stands for any number above. */
  count: number
  /** When the first of those that were counted failed. */
  since: string
  /** The newest of them. */
  newest: Pick<Job, 'id' | 'title'>[]
}

const NEWEST_ALIKE = 3

/** The other jobs the viewer may see that failed like this one; undefined where there are none. */
export async function findAlike(
  viewer: Viewer,
  { id, status, errorGroup }: Pick<Job, 'id' | 'status' | 'errorGroup'>,
): Promise<Alike | undefined> {
  if (status !== 'FAILED' || !errorGroup) return undefined
  const [found] = await prisma().$queryRaw<{ count: number; since: Date | null; ids: string[] }[]>(
    alikeQuery(viewer, errorGroup, id),
  )
  if (!found?.since) return undefined
  const newest = await prisma().job.findMany({
    where: { id: { in: found.ids } },
    orderBy: { id: 'desc' },
    select: { id: true, title: true },
  })
  return { group: errorGroup, count: found.count, since: found.since.toISOString(), newest }
}

/** Exported so that a test can look at its plan; the order leaves it one index, as in `lastSuccessQuery`. */
export function alikeQuery(viewer: Viewer, group: string, except: string): Prisma.Sql {
  const conditions = [
    Prisma.sql`job."endedAs" = 'FAILED'`,
    Prisma.sql`job."errorGroup" BETWEEN ${group}::uuid AND ${group}::uuid`,
    Prisma.sql`job.id <> ${except}::uuid`,
  ]
  return Prisma.sql`
    SELECT count(*)::int AS count, min("finishedAt") AS since,
      COALESCE((array_agg(id ORDER BY id DESC))[1:${Prisma.raw(`${NEWEST_ALIKE}`)}], '{}') AS ids
    FROM (
      SELECT job.id, job."finishedAt" ${matching(viewer, {}, { conditions })}
      ORDER BY job."errorGroup", job.id DESC LIMIT ${ALIKE_UP_TO + 1}
    ) AS counted`
}

/** What the jobs of a group said last; undefined for a group without jobs. */
export async function errorOfGroup(viewer: Viewer, group: string): Promise<string | undefined> {
  const rows = await prisma().$queryRaw<Pick<Job, 'error'>[]>(Prisma.sql`
    SELECT job.error ${matching(viewer, { error: group })} ORDER BY job.id DESC LIMIT 1`)
  return readError(rows[0]?.error ?? null)?.message
}

function groupOf(row: Row): ErrorGroup {
  return {
    id: row.group,
    type: row.type,
    error: readError(row.error) ?? { name: 'Error', message: 'Unknown error' },
    jobs: row.jobs,
    owners: row.owners,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    last: { id: row.jobId, title: row.title, ownerId: row.ownerId },
  }
}
