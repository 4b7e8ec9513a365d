import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { REMOVED_TOGETHER, type Removed, removeJobs } from '@/lib/jobs/remove-many'
import type { TerminalStatus } from '@/lib/jobs/status'
import { SLICE } from './slice'

/** The jobs of a type that ended in a status before a moment. */
export type Expired = { type: string; status: TerminalStatus; cutoff: Date }

/** A place in the order in which jobs ended. */
type Place = { finishedAt: Date; id: string }

/** What one slice removed; `next` is where the following one goes on, null when there is none. */
export type RemovedJobs = Removed & { next: Place | null }

/**
 * Removes a slice of the jobs that ended long enough ago, and the files they made. A job that was
 * retried meanwhile stays, with its file; so does one that somebody is changing, until the next run.
 * @param after the `next` of the slice before
 * @throws {StorageError} when the bytes of a file cannot be removed
 */
export async function removeExpiredJobs(
  expired: Expired,
  after: Place | null,
): Promise<RemovedJobs> {
  const places = await nextPlaces(expired, after)
  const stillFits = Prisma.sql`FROM "Job" job WHERE ${isExpired(expired)}`
  const removed = { jobs: 0, files: 0, bytes: 0 }
  for (let start = 0; start < places.length; start += REMOVED_TOGETHER) {
    const ids = places.slice(start, start + REMOVED_TOGETHER).map(({ id }) => id)
    const { jobs, files, bytes } = await removeJobs(ids, { stillFits })
    removed.jobs += jobs
    removed.files += files
    removed.bytes += bytes
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

function isExpired({ type, status, cutoff }: Expired): Prisma.Sql {
  return Prisma.sql`job.type = ${type} AND job.status = ${status}::"JobStatus"
    AND job."finishedAt" < ${cutoff}::timestamptz`
}
