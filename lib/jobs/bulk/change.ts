import { Prisma } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { announce } from '@/lib/jobs/announce'
import { cancelJobs, retryJobs } from '@/lib/jobs/change-many'
import { removeJobs } from '@/lib/jobs/remove-many'
import type { BulkActionName } from './action'

/** What is committed together with the changes, told how many there were. */
export type AlongChanges = (tx: Database, changed: number) => Promise<void>

/** Ids of the first of these jobs, the oldest first. @param jobs SQL from FROM on, the job being `job` */
export async function firstIds(jobs: Prisma.Sql, limit: number): Promise<string[]> {
  const rows = await prisma().$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT job.id ${jobs} ORDER BY job.id LIMIT ${limit}`)
  return rows.map(({ id }) => id)
}

/**
 * Does one thing to jobs in one transaction, as far as they still are among `jobs`. Deleted ones
 * take the files they made with them.
 * @param ids at most a slice of `jobs`
 * @param jobs what may be changed, as SQL from FROM on, the job being `job`
 * @returns how many were changed
 */
export async function changeJobs(
  action: BulkActionName,
  ids: string[],
  jobs: Prisma.Sql,
  along: AlongChanges,
): Promise<number> {
  if (action === 'delete') {
    const removed = await removeJobs(ids, {
      stillFits: jobs,
      along: async (tx, gone) => {
        await announce(tx, gone)
        await along(tx, gone.length)
      },
    })
    return removed.jobs
  }
  return transaction(async (tx) => {
    const locked = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT job.id ${jobs} AND job.id = ANY(${ids}::uuid[]) ORDER BY job.id FOR UPDATE OF job`)
    const present = locked.map(({ id }) => id)
    const changed =
      action === 'retry'
        ? await retryJobs(tx, present, ['FAILED', 'CANCELED'])
        : await cancelJobs(tx, present)
    await along(tx, changed)
    return changed
  })
}
