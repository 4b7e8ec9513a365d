import { Prisma } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { SLICE } from '@/lib/jobs/slices'
import { cancelJobs } from '@/lib/jobs/transitions/cancel'
import type { Changed } from '@/lib/jobs/transitions/one'
import { promoteJobs } from '@/lib/jobs/transitions/promote'
import { REMOVED_TOGETHER, removeJobs } from '@/lib/jobs/transitions/remove'
import { retryJobs } from '@/lib/jobs/transitions/retry'
import type { BulkActionName } from './action'

/** What is done to jobs; files that deleted ones made stay unless `deleteFiles` says otherwise. */
export type BulkChange = { action: BulkActionName; deleteFiles?: boolean | undefined }

type Transition = {
  change: (tx: Database, ids: string[], what: BulkChange) => Promise<Changed[]>
  /** Most jobs changed in one transaction. */
  together: number
}

/** How each action is done to jobs. */
export const transitions: Record<BulkActionName, Transition> = {
  retry: { change: (tx, ids) => retryJobs(tx, ids), together: SLICE },
  cancel: { change: (tx, ids) => cancelJobs(tx, ids), together: SLICE },
  promote: { change: (tx, ids) => promoteJobs(tx, ids), together: SLICE },
  delete: {
    change: (tx, ids, { deleteFiles = false }) => removeJobs(tx, ids, { keepFiles: !deleteFiles }),
    together: REMOVED_TOGETHER,
  },
}

/** Ids of the first of these jobs, the oldest first. @param jobs SQL from FROM on, the job being `job` */
export async function firstIds(jobs: Prisma.Sql, limit: number): Promise<string[]> {
  const rows = await prisma().$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT job.id ${jobs} ORDER BY job.id LIMIT ${limit}`)
  return rows.map(({ id }) => id)
}

/**
 * Does one thing to jobs in one transaction, as far as they still are among `jobs`.
 * @param ids at most as many as are changed `together`
 * @param jobs what may be changed, as SQL from FROM on, the job being `job`
 * @param along what is committed together with the changes, told which ones were changed
 * @returns how many were changed
 */
export async function changeJobs(
  what: BulkChange,
  ids: string[],
  jobs: Prisma.Sql,
  along: (tx: Database, changed: string[]) => Promise<void>,
): Promise<number> {
  return transaction(async (tx) => {
    const locked = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT job.id ${jobs} AND job.id = ANY(${ids}::uuid[]) ORDER BY job.id FOR UPDATE OF job`)
    const changed = await transitions[what.action].change(
      tx,
      locked.map(({ id }) => id),
      what,
    )
    await along(
      tx,
      changed.map(({ id }) => id),
    )
    return changed.length
  })
}
