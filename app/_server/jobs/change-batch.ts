import type { Viewer } from '@/lib/access/viewer'
import { auditOthers } from '@/lib/audit/audit'
import { type Database, prisma } from '@/lib/db/prisma'
import { inSlices, SLICE } from '@/lib/jobs/slices'
import { cancelJobs } from '@/lib/jobs/transitions/cancel'
import { retryJobs } from '@/lib/jobs/transitions/retry'
import { getBatch } from './batches'

/**
 * Stops what has not ended of a batch; running jobs are told to stop.
 * @returns how many jobs that were
 * @throws {AppError} `not_found`, also for a batch of somebody else
 */
export async function cancelBatch(viewer: Viewer, id: string): Promise<number> {
  return changeAll(viewer, id, 'batch.cancel', async (tx, ids) => {
    return (await cancelJobs(tx, ids)).length
  })
}

/**
 * Runs again what has failed of a batch; its owner is told anew when all of it has ended.
 * @returns how many jobs that were
 * @throws {AppError} `not_found`, also for a batch of somebody else
 */
export async function retryFailedOfBatch(viewer: Viewer, id: string): Promise<number> {
  return changeAll(viewer, id, 'batch.retry-failed', async (tx, ids) => {
    const { length } = await retryJobs(tx, ids, ['FAILED'])
    if (length > 0) await tx.batch.update({ where: { id }, data: { notifiedAt: null } })
    return length
  })
}

/** Goes through a batch. An admin's change of somebody else's is written down. */
async function changeAll(
  viewer: Viewer,
  batchId: string,
  action: string,
  change: (tx: Database, ids: string[]) => Promise<number>,
): Promise<number> {
  const { ownerId } = await getBatch(viewer, batchId)
  const next = async (after: string | null) => {
    const rows = await prisma().jobFacts.findMany({
      where: { batchId, ...(after ? { jobId: { gt: after } } : {}) },
      orderBy: { jobId: 'asc' },
      take: SLICE,
      select: { jobId: true },
    })
    return rows.map(({ jobId }) => jobId)
  }
  return inSlices(next, async (tx, ids) => {
    const jobs = await change(tx, ids)
    await auditOthers(tx, viewer, ownerId, action, { type: 'batch', id: batchId }, { jobs })
    return jobs
  })
}
