import { validate as isUuid } from 'uuid'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { isTerminal } from '@/lib/jobs/status'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { removeEndedEntries } from '@/lib/queue/entries'

/**
 * Takes one job out of its queue. One that waits is canceled, and its record says who did it, by their
 * id: names change, and go with their people. Of one that has ended the queue's entry alone goes, which
 * is the caller's to remove.
 * @throws {AppError} `conflict` while it runs
 */
export async function removeFromQueue(admin: Viewer, id: string): Promise<void> {
  requireAdminViewer(admin)
  const job = isUuid(id) ? await prisma().job.findUnique({ where: { id } }) : null
  if (job?.status === 'ACTIVE') {
    throw new AppError('conflict', 'A worker runs this job. Cancel it in its record instead.')
  }
  if (!job || isTerminal(job.status)) {
    await transaction((tx) => audit(tx, admin, 'job.remove-entry', { type: 'job', id }))
    return
  }
  const message = `Removed from the queue ${job.queue} by an admin.`
  await cancelJob(admin, id, { removed: { message, byId: admin.userId }, audited: 'all' })
}

/**
 * Removes the entries of ended jobs from a queue. Their records stay until retention removes them,
 * and failed ones can still be retried.
 */
export async function cleanEnded(
  admin: Viewer,
  queueName: string,
  state: 'completed' | 'failed',
  graceMs: number,
): Promise<void> {
  requireAdminViewer(admin)
  const entries = await removeEndedEntries(queueName, state, graceMs)
  await transaction((tx) =>
    audit(tx, admin, 'queue.clean', { type: 'queue', id: queueName }, { state, entries }),
  )
}
