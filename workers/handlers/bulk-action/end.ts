import { audit } from '@/lib/audit/audit'
import { transaction } from '@/lib/db/transaction'
import type { BulkJob } from './scope'

/** How a bulk action ended. */
export type BulkOutcome = 'completed' | 'canceled' | 'failed'

/** Leaves an entry in the audit log: what was done, and how it ended; once, should it complete twice. */
export async function endBulk(job: BulkJob, outcome: BulkOutcome): Promise<void> {
  const { jobId, ownerId, input } = job
  const action = `jobs.${input.action}-all`
  await transaction(async (tx) => {
    const already = await tx.auditEntry.findFirst({
      where: {
        ...{ targetType: 'job', targetId: jobId, action },
        details: { path: ['outcome'], equals: 'completed' },
      },
      select: { id: true },
    })
    if (already) return
    const state = await tx.bulkAction.findUnique({ where: { jobId } })
    const { matched, changed } = state ?? { matched: 0, changed: 0 }
    const counts = { matched, changed, skipped: matched - changed }
    await audit(
      tx,
      ownerId ? { userId: ownerId, role: input.everybody ? 'ADMIN' : 'USER' } : null,
      action,
      { type: 'job', id: jobId },
      { outcome, filter: input.filter, everybody: input.everybody, ...counts },
    )
  })
}
