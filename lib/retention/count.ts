import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import type { RecordKind } from './defaults'
import type { Expired } from './remove-jobs'
import { dueRecords } from './remove-records'

/** Whatever is counted here is counted up to this: a number that large may stand for more. */
export const COUNTED_UP_TO = 10_000

/** What removing some jobs takes with it. */
export type Removable = { jobs: number; files: number; bytes: number }

/** How much would be removed for each of these, in their order. */
export async function countExpired(expired: readonly Expired[]): Promise<Removable[]> {
  if (expired.length === 0) return []
  const given = expired.map(({ cutoff, ...rest }, place) => ({ ...rest, cutoff, place }))
  return prisma().$queryRaw<Removable[]>(Prisma.sql`
    SELECT counted.jobs, counted.files, counted.bytes
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS given(place int, type text, status "JobStatus", cutoff timestamptz)
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS jobs, count(file.id)::int AS files,
        COALESCE(sum(file.bytes), 0)::float8 AS bytes
      FROM (
        SELECT id FROM "Job" WHERE type = given.type AND status = given.status
          AND "finishedAt" < given.cutoff
        ORDER BY "finishedAt" LIMIT ${COUNTED_UP_TO}) job
      LEFT JOIN "File" file ON file."jobId" = job.id) counted
    ORDER BY given.place`)
}

/** How many records of a kind would be removed that were made before the cutoff. */
export async function countRecords(kind: RecordKind, cutoff: Date): Promise<number> {
  const due = dueRecords(kind, cutoff, COUNTED_UP_TO)
  const rows = await prisma().$queryRaw<{ count: number }[]>(
    Prisma.sql`SELECT count(*)::int AS count FROM (${due}) due`,
  )
  return rows[0]?.count ?? 0
}
