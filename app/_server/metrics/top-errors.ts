import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { readError } from '@/lib/jobs/view'

/** Failures that are looked at, the last ones first. */
const LOOKED_AT = 2_000

/** What most of a queue's failed jobs failed with. */
export type TopError = { group: string; message: string }

type Row = { queue: string; group: string; error: Prisma.JsonValue }

/** By queue, the error that most of its jobs failed with since then. */
export async function topErrors(admin: Viewer, since: Date): Promise<Map<string, TopError>> {
  requireAdminViewer(admin)
  const rows = await prisma().$queryRaw<Row[]>(Prisma.sql`
    WITH recent AS (
      SELECT id, queue, "errorGroup" FROM "Job"
      WHERE "endedAs" = 'FAILED' AND "finishedAt" >= ${since}::timestamptz
      ORDER BY "finishedAt" DESC LIMIT ${LOOKED_AT}
    ), grouped AS (
      SELECT queue, "errorGroup" AS "group", count(*) AS jobs, (array_agg(id ORDER BY id DESC))[1] AS last
      FROM recent WHERE "errorGroup" IS NOT NULL GROUP BY queue, "errorGroup"
    )
    SELECT DISTINCT ON (grouped.queue) grouped.queue, grouped."group", job.error
    FROM grouped JOIN "Job" job ON job.id = grouped.last
    ORDER BY grouped.queue, jobs DESC, job.id DESC`)
  return new Map(
    rows.map(({ queue, group, error }) => [
      queue,
      { group, message: readError(error)?.message ?? 'Unknown error' },
    ]),
  )
}
