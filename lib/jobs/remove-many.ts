import { Prisma } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import { afterCommit, transaction } from '@/lib/db/transaction'
import { removeEntriesSoon } from '@/lib/queue/remove'
import { storage } from '@/lib/storage/storage'

/** Files whose bytes are removed at once. */
const AT_ONCE = 20

export type Removed = { jobs: number; files: number; bytes: number }

type Options = {
  /** The jobs among them that still are to go, as SQL from FROM on, the job being `job`. */
  stillFits: Prisma.Sql
  /** What belongs to it and is committed with it, told the ids of the jobs that went. */
  along?: (tx: Database, gone: string[]) => Promise<void>
}

/**
 * Removes jobs: their attempts, logs and mails with them, and the files they made. Bytes go first, so
 * that a failure in between leaves records to find them by again.
 * @param ids at most a slice; the caller has checked whose they are
 * @throws {StorageError} when the bytes cannot be removed
 */
export async function removeJobs(ids: string[], { stillFits, along }: Options): Promise<Removed> {
  const files = await prisma().file.findMany({
    where: { jobId: { in: ids } },
    select: { storageKey: true, bytes: true },
  })
  for (let start = 0; start < files.length; start += AT_ONCE) {
    const some = files.slice(start, start + AT_ONCE)
    await Promise.all(some.map(({ storageKey }) => storage().remove(storageKey)))
  }
  const jobs = await transaction(async (tx) => {
    const locked = await tx.$queryRaw<{ id: string; queue: string }[]>(Prisma.sql`
      SELECT job.id, job.queue ${stillFits} AND job.id = ANY(${ids}::uuid[])
      ORDER BY job.id FOR UPDATE OF job`)
    const gone = locked.map(({ id }) => id)
    await tx.file.deleteMany({ where: { jobId: { in: gone } } })
    await tx.job.deleteMany({ where: { id: { in: gone } } })
    await along?.(tx, gone)
    afterCommit(tx, () => removeEntriesSoon(locked))
    return gone.length
  })
  return { jobs, files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}
