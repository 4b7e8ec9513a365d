import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import type { TerminalStatus } from '@/lib/jobs/status'
import { storage } from '@/lib/storage/storage'
import { SLICE } from './slice'

/** Jobs that one transaction removes: their rows are locked while the bytes of their files go. */
const TOGETHER = 100
/** Files whose bytes are removed at once. */
const AT_ONCE = 20

/** The jobs of a type that ended in a status before a moment. */
export type Expired = { type: string; status: TerminalStatus; cutoff: Date }

/** A place in the order in which jobs ended. */
type Place = { finishedAt: Date; id: string }

type Removed = { jobs: number; files: number; bytes: number }

/** What one slice removed; `next` is where the following one goes on, null when there is none. */
export type RemovedJobs = Removed & { next: Place | null }

/**
 * Removes a slice of the jobs that ended long enough ago: their attempts, logs and mails with them,
 * and the files they made.
 * @param after the `next` of the slice before
 * @throws {StorageError} when the bytes of a file cannot be removed
 */
export async function removeExpiredJobs(
  expired: Expired,
  after: Place | null,
): Promise<RemovedJobs> {
  const places = await nextPlaces(expired, after)
  const ids = places.map(({ id }) => id)
  const removed = { jobs: 0, files: 0, bytes: 0 }
  for (let start = 0; start < ids.length; start += TOGETHER) {
    const { jobs, files, bytes } = await remove(ids.slice(start, start + TOGETHER), expired)
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

/**
 * A job that was retried meanwhile stays, with its file; so does one that somebody is changing, until
 * the next run. Bytes go before their records, so that a failure in between leaves records to find
 * them by again.
 */
function remove(ids: string[], expired: Expired): Promise<Removed> {
  return transaction(async (tx) => {
    const locked = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT id FROM "Job" job WHERE id = ANY(${ids}::uuid[]) AND ${isExpired(expired)}
      FOR UPDATE SKIP LOCKED`)
    const gone = locked.map(({ id }) => id)
    const files = await tx.file.findMany({
      where: { jobId: { in: gone } },
      select: { storageKey: true, bytes: true },
    })
    for (let start = 0; start < files.length; start += AT_ONCE) {
      const some = files.slice(start, start + AT_ONCE)
      await Promise.all(some.map(({ storageKey }) => storage().remove(storageKey)))
    }
    await tx.file.deleteMany({ where: { jobId: { in: gone } } })
    const { count } = await tx.job.deleteMany({ where: { id: { in: gone } } })
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    return { jobs: count, files: files.length, bytes }
  })
}

function isExpired({ type, status, cutoff }: Expired): Prisma.Sql {
  return Prisma.sql`job.type = ${type} AND job.status = ${status}::"JobStatus"
    AND job."finishedAt" < ${cutoff}::timestamptz`
}
