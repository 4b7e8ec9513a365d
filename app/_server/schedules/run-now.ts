import type { Viewer } from '@/lib/access/viewer'
import type { Job } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { findDefinition } from '@/lib/jobs/catalog'
import { enqueue } from '@/lib/jobs/enqueue'
import { requesterFor } from './requester'
import { lockSchedule } from './schedules'

/**
 * Runs a schedule's job now, besides its times and also while it is paused.
 * @returns its job; the one under way where the type does the same work once only
 * @throws {AppError} `not_found`; `invalid_input` when its input no longer fits; `conflict` when its
 * type is gone or its owner disabled
 */
export async function runScheduleNow(viewer: Viewer, id: string): Promise<Job> {
  return transaction(async (tx) => {
    const { type, input, ownerId } = await lockSchedule(tx, viewer, id, 'schedule.run')
    const definition = findDefinition(type)
    if (!definition) throw new AppError('conflict', `There is no job type ${type} any more.`)
    await refuseDisabledOwner(tx, ownerId)
    const { job, created } = await enqueue(tx, definition, input, {
      ...(await requesterFor(tx, viewer, ownerId)),
      scheduleId: id,
      kept: input,
    })
    await tx.scheduleFire.create({
      data: {
        scheduleId: id,
        fireAt: await freeMoment(tx, id),
        outcome: created ? 'CREATED' : 'SKIPPED_OVERLAP',
        jobId: job.id,
        detail: created ? 'Run by hand.' : 'Run by hand; the same work was already under way.',
      },
    })
    return job
  })
}

async function refuseDisabledOwner(tx: Database, ownerId: string | null): Promise<void> {
  if (ownerId === null) return
  const where = { id: ownerId, disabledAt: { not: null } }
  const disabled = await tx.user.findFirst({ where, select: { id: true } })
  if (disabled) throw new AppError('conflict', 'The schedule’s owner is disabled.')
}

/** Now, unless that is taken, or could be one of the schedule's own times: those are whole seconds. */
async function freeMoment(tx: Database, scheduleId: string): Promise<Date> {
  const now = new Date()
  const latest = await tx.scheduleFire.findFirst({
    where: { scheduleId, fireAt: { gte: now } },
    orderBy: { fireAt: 'desc' },
    select: { fireAt: true },
  })
  const free = latest ? latest.fireAt.getTime() + 1 : now.getTime()
  return new Date(free % 1_000 === 0 ? free + 1 : free)
}
