import { Prisma } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import { prisma } from '@/lib/db/prisma'
import { type Removed, removeJobs } from '@/lib/jobs/remove-many'
import { jobsCutoff } from './days'
import { SLICE } from './slice'

/** What one slice removed; `next` is where the following one goes on, null when there is none. */
export type RemovedJobs = Removed & { next: string | null }

/** The types that jobs have, also those this version no longer knows. One look at the index each. */
export async function jobTypesInUse(): Promise<string[]> {
  const rows = await prisma().$queryRaw<{ type: string }[]>(Prisma.sql`
    WITH RECURSIVE types AS (
      (SELECT type FROM "JobFacts" ORDER BY type LIMIT 1)
      UNION ALL
      SELECT (SELECT facts.type FROM "JobFacts" facts WHERE facts.type > types.type
        ORDER BY facts.type LIMIT 1)
      FROM types WHERE types.type IS NOT NULL
    )
    SELECT type FROM types WHERE type IS NOT NULL`)
  return rows.map(({ type }) => type)
}

/**
 * Removes a slice of the jobs of a type that ended long enough ago, and the files they made.
 * @param after the `next` of the slice before
 * @throws {StorageError} when the bytes cannot be removed
 */
export async function removeExpiredJobs(
  type: string,
  now: Date,
  after: string | null,
): Promise<RemovedJobs> {
  const cutoff = jobsCutoff(type, now)
  const ids = await expiredIds(type, cutoff, after)
  // A job that was retried meanwhile stays.
  const stillFits = Prisma.sql`FROM "Job" job WHERE ${expired(cutoff)}`
  const removed = await removeJobs(ids, { stillFits })
  return { ...removed, next: ids.length === SLICE ? (ids.at(-1) ?? null) : null }
}

async function expiredIds(type: string, cutoff: Date, after: string | null): Promise<string[]> {
  const rows = await prisma().$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT job.id FROM "JobFacts" facts JOIN "Job" job ON job.id = facts."jobId"
    WHERE facts.type = ${type} AND facts."jobId" < ${lowestIdAt(cutoff)}::uuid
      AND facts."jobId" > ${after ?? lowestIdAt(new Date(0))}::uuid AND ${expired(cutoff)}
    ORDER BY facts."jobId" LIMIT ${SLICE}`)
  return rows.map(({ id }) => id)
}

function expired(cutoff: Date): Prisma.Sql {
  return Prisma.sql`job.status IN ('COMPLETED', 'FAILED', 'CANCELED')
    AND job."finishedAt" < ${cutoff}::timestamptz`
}
