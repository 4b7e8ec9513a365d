import { type AuditDetails, audit } from '@/lib/auth/audit'
import { requireAdminViewer, type Viewer } from '@/lib/auth/viewer'
import type { Job, Prisma } from '@/lib/db/generated/client'
import type { JobStatus } from '@/lib/db/generated/enums'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { announce } from './announce'
import { type Along, lockJob, retryJob, statusChange } from './change'
import { removeWaiting } from './queue-work'
import { isTerminal } from './status'

// What an admin does to one entry of a queue, done to its record first: the entry then follows.

/** Runs a failed or canceled job again, and names who did it. @throws as `retryJob` */
export function retryEntry(admin: Viewer, id: string): Promise<Job> {
  return retryJob(admin, id, audited(admin, 'job.retry', statusChange))
}

/** Makes a job that waits for its time, or its next attempt, due now. @throws as `rescheduleEntry` */
export function promoteRecord(admin: Viewer, id: string): Promise<Job> {
  return changeWaiting(admin, id, 'job.promote', (job) => dueAt(job, new Date()), dueChange)
}

/**
 * Lets a job that waits for its time, or its next attempt, wait until another one.
 * @throws {AppError} `not_found`; `conflict` for a job that does not wait for a time
 */
export function rescheduleRecord(admin: Viewer, id: string, at: Date): Promise<Job> {
  return changeWaiting(admin, id, 'job.reschedule', (job) => dueAt(job, at), dueChange)
}

/**
 * Changes how urgent a job is; 1 is the most urgent.
 * @throws {AppError} `not_found`; `conflict` for a job that has started or ended
 */
export function reprioritizeRecord(admin: Viewer, id: string, priority: number): Promise<Job> {
  return changeWaiting(
    admin,
    id,
    'job.priority',
    () => ({ priority }),
    (before, after) => ({
      before: { priority: before.priority },
      after: { priority: after.priority },
    }),
  )
}

/**
 * Takes a waiting job out of its queue: its record is canceled and says who did it. Of a job that
 * has ended only the queue's entry goes.
 * @throws {AppError} `conflict` while it runs
 */
export async function removeRecord(admin: Viewer, id: string): Promise<void> {
  requireAdminViewer(admin)
  const job = await prisma().job.findUnique({ where: { id } })
  if (job?.status === 'ACTIVE') {
    throw new AppError('conflict', 'A worker runs this job. Cancel it in its record instead.')
  }
  if (job && !isTerminal(job.status)) {
    await removeWaiting(admin, { queue: job.queue, statuses: [...waiting], ids: [id] })
  } else {
    await transaction((tx) => audit(tx, admin, 'job.remove-entry', { type: 'job', id }))
  }
}

/** Writes an entry of the audit log about a job, in the transaction that changes it. */
function audited(admin: Viewer, action: string, details: Details): Along {
  requireAdminViewer(admin)
  return (tx, job, before) =>
    audit(tx, admin, action, { type: 'job', id: job.id }, details(before, job))
}

/** What the audit log says of a change. */
type Details = (before: Job, after: Job) => AuditDetails

function dueChange(before: Job, after: Job): AuditDetails {
  return { before: { due: dueTime(before) }, after: { due: dueTime(after) } }
}

function dueTime({ nextAttemptAt, runAt }: Job): string {
  return (nextAttemptAt ?? runAt).toISOString()
}

function dueAt(job: Job, at: Date): Prisma.JobUpdateInput {
  if (job.status === 'RETRYING') return { nextAttemptAt: at }
  if (job.status === 'QUEUED') throw new AppError('conflict', 'This job is due already.')
  return { runAt: at, status: at.getTime() <= Date.now() ? 'QUEUED' : 'SCHEDULED' }
}

const waiting: readonly JobStatus[] = ['SCHEDULED', 'QUEUED', 'RETRYING']

async function changeWaiting(
  admin: Viewer,
  id: string,
  action: string,
  decide: (job: Job) => Prisma.JobUpdateInput,
  details: Details,
): Promise<Job> {
  const along = audited(admin, action, details)
  return transaction(async (tx: Database) => {
    const current = await lockJob(tx, admin, id)
    if (!waiting.includes(current.status)) {
      throw new AppError('conflict', 'Only a job that waits can be changed.')
    }
    const job = await tx.job.update({ where: { id }, data: decide(current) })
    await along(tx, job, current)
    await announce(tx, [id])
    return job
  })
}
