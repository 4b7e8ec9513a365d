import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import type { RecordKind } from '@/lib/retention/defaults'
import { dueRecords } from '@/lib/retention/remove-records'
import type { Expired } from '@/lib/retention/settings'

/** Whatever is counted here is counted up to this: a number that large may stand for more. */
export const COUNTED_UP_TO = 10_000

/** The files of so many jobs are looked at; those of more are estimated from them. */
export const LOOKED_AT = 1_000

/** What removing some jobs takes with it. */
export type Removable = {
  jobs: number
  files: number
  bytes: number
  /** Files and bytes are estimated. */
  isEstimate: boolean
}

/** How much would be removed for each of these, in their order. */
export async function countExpired(expired: readonly Expired[]): Promise<Removable[]> {
  if (expired.length === 0) return []
  const given = JSON.stringify(expired.map((each, place) => ({ ...each, place })))
  const rows = await prisma().$queryRaw<Omit<Removable, 'isEstimate'>[]>(Prisma.sql`
    SELECT counted.jobs, seen.files, seen.bytes
    FROM jsonb_to_recordset(${given}::jsonb)
      AS given(place int, type text, status "JobStatus", cutoff timestamptz)
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS jobs FROM (${due(Prisma.sql`"finishedAt"`, COUNTED_UP_TO)}) job) counted
    CROSS JOIN LATERAL (
      SELECT count(file.id)::int AS files, COALESCE(sum(file.bytes), 0)::float8 AS bytes
      FROM (${due(Prisma.sql`id`, LOOKED_AT)}) job JOIN "File" file ON file."jobId" = job.id) seen
    ORDER BY given.place`)
  return rows.map(estimated)
}

function due(what: Prisma.Sql, limit: number): Prisma.Sql {
  return Prisma.sql`
    SELECT ${what} FROM "Job" WHERE type = given.type AND "endedAs" = given.status
      AND "finishedAt" < given.cutoff
    ORDER BY "finishedAt", id LIMIT ${limit}`
}

/** Concludes from the jobs that were looked at on all. */
function estimated({ jobs, files, bytes }: Omit<Removable, 'isEstimate'>): Removable {
  const share = jobs / LOOKED_AT
  if (share <= 1) return { jobs, files, bytes, isEstimate: false }
  const rounded = (count: number) => Math.round(count * share)
  return { jobs, files: rounded(files), bytes: rounded(bytes), isEstimate: files > 0 }
}

/** How many records of a kind would be removed that were made before the cutoff. */
export async function countRecords(kind: RecordKind, cutoff: Date): Promise<number> {
  const records = dueRecords(kind, cutoff, COUNTED_UP_TO)
  const rows = await prisma().$queryRaw<{ count: number }[]>(
    Prisma.sql`SELECT count(*)::int AS count FROM (${records}) due`,
  )
  return rows[0]?.count ?? 0
}
