import type { Viewer } from '@/lib/access/viewer'
import { type AuditDetails, audit, auditOthers } from '@/lib/audit/audit'
import type { Job } from '@/lib/db/generated/client'
import type { JobStatus } from '@/lib/db/generated/enums'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { getJob } from '../read'

/** A job that a transition changed, and what it was before. */
export type Changed = { id: string; queue: string; was: JobStatus }

/** Which changes leave an entry in the audit log: all, or an admin's of what is somebody else's. */
export type Audited = 'all' | 'others'

/** A transition as it is done to a single job: a set of one. */
type Single<Change extends Changed> = {
  /** As the audit log names it. */
  action: string
  audited?: Audited | undefined
  change: (tx: Database, ids: string[]) => Promise<Change[]>
  /** Why a job was not changed, and what to do instead; nothing when it was so already. */
  refusal: (job: Job, tx: Database) => string | undefined | Promise<string | undefined>
  /** What the audit log says besides; default: the status before and after. */
  details?: (change: Change, job: Job) => AuditDetails
}

/**
 * Changes one job the viewer may see, and leaves its entry in the audit log.
 * @returns its record as it is now
 * @throws {AppError} `not_found`; `conflict` when its state forbids it
 */
export async function changeOne<Change extends Changed>(
  viewer: Viewer,
  id: string,
  { action, audited = 'others', change, refusal, details = statuses }: Single<Change>,
): Promise<Job> {
  return transaction(async (tx) => {
    await getJob(viewer, id, tx)
    const [changed] = await change(tx, [id])
    const job = await getJob(viewer, id, tx)
    if (changed) {
      const entry = [action, { type: 'job', id }, details(changed, job)] as const
      if (audited === 'all') await audit(tx, viewer, ...entry)
      else await auditOthers(tx, viewer, job.ownerId, ...entry)
    } else {
      const reason = await refusal(job, tx)
      if (reason !== undefined) throw new AppError('conflict', reason)
    }
    return job
  })
}

function statuses({ was }: Changed, { status }: Job): AuditDetails {
  return { before: { status: was.toLowerCase() }, after: { status: status.toLowerCase() } }
}
