import { auditOthers } from '@/lib/auth/audit'
import type { Viewer } from '@/lib/auth/viewer'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { getBatch } from './batches'
import { cancelJobs, retryFailedJobs, SLICE } from './change-many'

/**
 * Stops what has not ended of a batch; running jobs are told to stop.
 * @returns how many jobs that were
 * @throws {AppError} `not_found`, also for a batch of somebody else
 */
export async function cancelBatch(viewer: Viewer, id: string): Promise<number> {
  return inSlices(viewer, id, 'batch.cancel', cancelJobs)
}

/**
 * Runs again what has failed of a batch; its owner is told anew when all of it has ended.
 * @returns how many jobs that were
 * @throws {AppError} `not_found`, also for a batch of somebody else
 */
export async function retryFailedOfBatch(viewer: Viewer, id: string): Promise<number> {
  return inSlices(viewer, id, 'batch.retry-failed', async (tx, ids) => {
    const count = await retryFailedJobs(tx, ids)
    if (count > 0) await tx.batch.update({ where: { id }, data: { notifiedAt: null } })
    return count
  })
}

/**
 * Goes through a batch, a bounded number of jobs per transaction. An admin's change of somebody
 * else's is written down.
 */
async function inSlices(
  viewer: Viewer,
  batchId: string,
  action: string,
  change: (tx: Database, ids: string[]) => Promise<number>,
): Promise<number> {
  const { ownerId } = await getBatch(viewer, batchId)
  const target = { type: 'batch', id: batchId }
  let changed = 0
  let last: string | undefined
  do {
    const rows = await prisma().jobFacts.findMany({
      where: { batchId, ...(last ? { jobId: { gt: last } } : {}) },
      orderBy: { jobId: 'asc' },
      take: SLICE,
      select: { jobId: true },
    })
    const ids = rows.map(({ jobId }) => jobId)
    if (ids.length > 0) {
      changed += await transaction(async (tx) => {
        const jobs = await change(tx, ids)
        await auditOthers(tx, viewer, ownerId, action, target, { jobs })
        return jobs
      })
    }
    last = ids.length === SLICE ? ids.at(-1) : undefined
  } while (last)
  return changed
}
