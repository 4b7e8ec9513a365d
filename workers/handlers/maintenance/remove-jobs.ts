import { Prisma } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { REMOVED_TOGETHER, removeJobs } from '@/lib/jobs/transitions/remove'
import type { Expired } from '@/lib/retention/settings'
import { SLICE } from '@/lib/retention/slice'

/** A place in the order in which jobs ended. */
type Place = { finishedAt: Date; id: string }

/** What one slice removed; `next` is where the following one goes on, null when there is none. */
export type RemovedJobs = { jobs: number; files: number; bytes: number; next: Place | null }

/**
 * Removes a slice of the jobs that ended long enough ago, and the files they made. A job that was
 * retried meanwhile stays, with its file; so does one that somebody is changing, until the next run.
 * @param after the `next` of the slice before
 */
export async function removeExpiredJobs(
  expired: Expired,
  after: Place | null,
): Promise<RemovedJobs> {
  const places = await nextPlaces(expired, after)
  const removed = { jobs: 0, files: 0, bytes: 0 }
  for (let start = 0; start < places.length; start += REMOVED_TOGETHER) {
    const ids = places.slice(start, start + REMOVED_TOGETHER).map(({ id }) => id)
    const gone = await transaction(async (tx) =>
      removeJobs(tx, await stillExpired(tx, expired, ids)),
    )
    const files = gone.flatMap(({ bytes }) => bytes ?? [])
    removed.jobs += gone.length
    removed.files += files.length
    removed.bytes += files.reduce((sum, bytes) => sum + bytes, 0)
  }
  return { ...removed, next: places.length === SLICE ? (places.at(-1) ?? null) : null }
}

async function nextPlaces(expired: Expired, after: Place | null): Promise<Place[]> {
  const { finishedAt, id } = after ?? { finishedAt: new Date(0), id: null }
  return prisma().$queryRaw<Place[]>(Prisma.sql`
    SELECT "finishedAt", id FROM "Job" job
    WHERE ${isExpired(expired)} AND "finishedAt" >= ${finishedAt}::timestamptz
      AND (${id}::uuid IS NULL OR ("finishedAt", id) > (${finishedAt}::timestamptz, ${id}::uuid))
    ORDER BY "finishedAt", id LIMIT ${SLICE}`)
}

/** Those that nobody is changing: a retry may be about to commit. */
async function stillExpired(tx: Database, expired: Expired, ids: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM "Job" job WHERE ${isExpired(expired)} AND id = ANY(${ids}::uuid[])
    ORDER BY id FOR UPDATE SKIP LOCKED`)
  return rows.map(({ id }) => id)
}

function isExpired({ type, status, cutoff }: Expired): Prisma.Sql {
  return Prisma.sql`job.type = ${type} AND job."endedAs" = ${status}::"JobStatus"
    AND job."finishedAt" < ${cutoff}::timestamptz`
}
