import { Prisma } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { storage } from '@/lib/storage/storage'
import { jobsCutoff } from './days'
import { SLICE } from './slice'

/** Files whose bytes are removed at once. */
const AT_ONCE = 20

/** What one slice removed; `next` is where the following one goes on, null when there is none. */
export type RemovedJobs = { jobs: number; files: number; bytes: number; next: string | null }

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
 * Removes a slice of the jobs of a type that ended long enough ago: their attempts, logs and mails
 * with them, and the files they made. Bytes go first, so that a failure in between leaves records
 * to find them by again.
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
  const files = await prisma().file.findMany({
    where: { jobId: { in: ids } },
    select: { storageKey: true, bytes: true },
  })
  for (let start = 0; start < files.length; start += AT_ONCE) {
    const some = files.slice(start, start + AT_ONCE)
    await Promise.all(some.map(({ storageKey }) => storage().remove(storageKey)))
  }
  const jobs = await removeRecords(ids, cutoff)
  return {
    jobs,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    next: ids.length === SLICE ? (ids.at(-1) ?? null) : null,
  }
}

async function expiredIds(type: string, cutoff: Date, after: string | null): Promise<string[]> {
  const rows = await prisma().$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT job.id FROM "JobFacts" facts JOIN "Job" job ON job.id = facts."jobId"
    WHERE facts.type = ${type} AND facts."jobId" < ${lowestIdAt(cutoff)}::uuid
      AND facts."jobId" > ${after ?? lowestIdAt(new Date(0))}::uuid AND ${expired(cutoff)}
    ORDER BY facts."jobId" LIMIT ${SLICE}`)
  return rows.map(({ id }) => id)
}

/** A job that was retried meanwhile stays. */
async function removeRecords(ids: string[], cutoff: Date): Promise<number> {
  if (ids.length === 0) return 0
  return transaction(async (tx) => {
    const locked = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT id FROM "Job" job WHERE id = ANY(${ids}::uuid[]) AND ${expired(cutoff)} FOR UPDATE`)
    const gone = locked.map(({ id }) => id)
    await tx.file.deleteMany({ where: { jobId: { in: gone } } })
    const { count } = await tx.job.deleteMany({ where: { id: { in: gone } } })
    return count
  })
}

function expired(cutoff: Date): Prisma.Sql {
  return Prisma.sql`job.status IN ('COMPLETED', 'FAILED', 'CANCELED')
    AND job."finishedAt" < ${cutoff}::timestamptz`
}
