import { auditOthers } from '@/lib/auth/audit'
import type { Viewer } from '@/lib/auth/viewer'
import type { Job } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { logger } from '@/lib/log/logger'
import { countEndings } from '@/lib/metrics/endings'
import { dispatchSoon } from '@/lib/queue/dispatch'
import { removeEntry } from '@/lib/queue/entries'
import { announce, CANCEL_CHANNEL } from './announce'
import { findDefinition } from './catalog'
import { EMPTIED } from './emptied'
import { getJob } from './read'
import { isTerminal, statusWords } from './status'

/** What else belongs to a change and is committed with it, e.g. its entry in the audit log. */
export type Along = (tx: Database, job: Job, before: Job) => Promise<void>

/** An admin's change of somebody else's job has its entry in the audit log. */
function othersAudited(viewer: Viewer, action: string): Along {
  return (tx, { id, ownerId, status }, before) =>
    auditOthers(tx, viewer, ownerId, action, { type: 'job', id }, statusChange(before, { status }))
}

/** For the audit log. */
export function statusChange(before: Pick<Job, 'status'>, after: Pick<Job, 'status'>) {
  return {
    before: { status: before.status.toLowerCase() },
    after: { status: after.status.toLowerCase() },
  }
}

/**
 * Stops a job: one that waits ends now; a running one is told to stop, wherever it runs.
 * @throws {AppError} `not_found`; `conflict` when it has ended already
 */
export async function cancelJob(
  viewer: Viewer,
  id: string,
  along = othersAudited(viewer, 'job.cancel'),
): Promise<Job> {
  const job = await transaction(async (tx) => {
    const current = await lockJob(tx, viewer, id)
    if (isTerminal(current.status)) throw ended(current, 'be canceled')
    const data =
      current.status === 'ACTIVE'
        ? { cancelRequestedAt: current.cancelRequestedAt ?? new Date() }
        : { status: 'CANCELED' as const, finishedAt: new Date(), nextAttemptAt: null }
    const changed = await tx.job.update({ where: { id }, data })
    if (changed.status === 'ACTIVE')
      await tx.$executeRaw`SELECT pg_notify(${CANCEL_CHANNEL}, ${id})`
    else await countEndings(tx, [id])
    await along(tx, changed, current)
    await announce(tx, [id])
    return changed
  })
  if (job.status === 'CANCELED') forgetEntry(job)
  return job
}

/**
 * Runs a failed or canceled job again, with as many new attempts as its type allows.
 * @throws {AppError} `not_found`; `conflict` when it has not failed or been canceled, or when the
 * same work has been asked for again meanwhile
 */
export async function retryJob(
  viewer: Viewer,
  id: string,
  along = othersAudited(viewer, 'job.retry'),
): Promise<Job> {
  const job = await transaction(async (tx) => {
    const current = await lockJob(tx, viewer, id)
    if (current.status !== 'FAILED' && current.status !== 'CANCELED') {
      throw new AppError(
        'conflict',
        `Only failed or canceled jobs can be retried; this one is ${statusWords[current.status].label.toLowerCase()}.`,
      )
    }
    refuseEmptied(current)
    await refuseTwin(tx, current)
    const attempts = findDefinition(current.type)?.attempts ?? 1
    const changed = await tx.job.update({
      where: { id },
      data: {
        status: 'QUEUED',
        maxAttempts: current.attempt + attempts,
        dispatchedAt: null,
        finishedAt: null,
        nextAttemptAt: null,
        cancelRequestedAt: null,
        progress: undefined,
      },
    })
    await along(tx, changed, current)
    await announce(tx, [id])
    return changed
  })
  dispatchSoon([{ ...job, delayMs: 0 }])
  return job
}

/**
 * Deletes an ended job with its attempts and log, and answers what it was; files it made stay.
 * @throws {AppError} `not_found`; `conflict` while it has not ended
 */
export async function deleteJob(viewer: Viewer, id: string): Promise<Job> {
  const job = await transaction(async (tx) => {
    const current = await lockJob(tx, viewer, id)
    if (!isTerminal(current.status)) {
      throw new AppError('conflict', 'Only ended jobs can be deleted. Cancel it first.')
    }
    await tx.job.delete({ where: { id } })
    await auditOthers(tx, viewer, current.ownerId, 'job.delete', { type: 'job', id })
    await announce(tx, [id])
    return current
  })
  forgetEntry(job)
  return job
}

/** Serialises changes of one job with each other and with its claims and finishes. */
export async function lockJob(tx: Database, viewer: Viewer, id: string): Promise<Job> {
  await getJob(viewer, id, tx)
  await tx.$queryRaw`SELECT id FROM "Job" WHERE id = ${id}::uuid FOR UPDATE`
  return getJob(viewer, id, tx)
}

function refuseEmptied({ inputHash }: Job): void {
  if (inputHash !== EMPTIED) return
  throw new AppError('conflict', 'What this job was to do was removed with its owner’s data.')
}

async function refuseTwin(tx: Database, job: Job): Promise<void> {
  if (!job.dedupeKey) return
  const twin = await tx.job.findFirst({
    where: {
      dedupeKey: job.dedupeKey,
      status: { in: ['SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING'] },
    },
    select: { id: true },
  })
  if (twin) throw new AppError('conflict', `The same work is already under way as job ${twin.id}.`)
}

function ended(job: Job, what: string): AppError {
  const state = statusWords[job.status].label.toLowerCase()
  return new AppError('conflict', `This job has ended (${state}) and can no longer ${what}.`)
}

/** The record is the truth; an entry that stays is dropped when a worker meets it. */
function forgetEntry(job: Job): void {
  removeEntry(job.queue, job.id).catch((error: unknown) => {
    logger('queue').debug({ err: error, jobId: job.id }, 'The queue kept the entry of an ended job')
  })
}
