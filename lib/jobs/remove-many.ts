import { Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { afterCommit, transaction } from '@/lib/db/transaction'
import { removeEntriesSoon } from '@/lib/queue/remove'
import { storage } from '@/lib/storage/storage'

/** Most jobs that one transaction removes: their rows are locked while the bytes of their files go. */
export const REMOVED_TOGETHER = 100
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
 * Removes jobs: their attempts, logs and mails with them, and the files they made. One that somebody
 * is changing at that moment stays. Bytes go before their records, so that a failure in between leaves
 * records to find them by again.
 * @param ids at most `REMOVED_TOGETHER`; the caller has checked whose they are
 * @throws {StorageError} when the bytes of a file cannot be removed
 */
export function removeJobs(ids: string[], { stillFits, along }: Options): Promise<Removed> {
  return transaction(async (tx) => {
    const locked = await tx.$queryRaw<{ id: string; queue: string }[]>(Prisma.sql`
      SELECT job.id, job.queue ${stillFits} AND job.id = ANY(${ids}::uuid[])
      ORDER BY job.id FOR UPDATE OF job SKIP LOCKED`)
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
    await tx.job.deleteMany({ where: { id: { in: gone } } })
    await along?.(tx, gone)
    afterCommit(tx, () => removeEntriesSoon(locked))
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    return { jobs: gone.length, files: files.length, bytes }
  })
}
