import { v7 as uuidv7 } from 'uuid'
import { findUserFacing } from '@/app/_server/jobs/submit'
import { ownedBy, type Viewer } from '@/lib/access/viewer'
import { type AuditDetails, audit } from '@/lib/audit/audit'
import type { Schedule } from '@/lib/db/generated/client'
import type { Page, PageRequest } from '@/lib/db/page'
import { foundById, newestFirst, pageById } from '@/lib/db/page'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { announceSchedule } from '@/lib/schedules/announce'
import { checkInput } from './check-input'
import {
  type NewSchedule,
  newScheduleSchema,
  type ScheduleChanges,
  scheduleChangesSchema,
} from './fields'
import { requesterFor } from './requester'
import { firstFire, refuseTooOften } from './timing'

/** Most schedules of one person. */
const MAX_SCHEDULES = 100

const missedPolicies = { skip: 'SKIP', run_once: 'RUN_ONCE' } as const
const overlapPolicies = { allow: 'ALLOW', skip: 'SKIP' } as const

/**
 * Creates a schedule of the viewer.
 * @throws {AppError} `invalid_input` naming each field; `conflict` when there are too many
 */
export async function createSchedule(viewer: Viewer, given: NewSchedule): Promise<Schedule> {
  const { missedPolicy, overlapPolicy, ...fields } = parseInput(newScheduleSchema, given)
  const definition = findUserFacing(fields.type)
  refuseTooOften(viewer, fields.cron)
  const nextFireAt = firstFire(fields)
  return transaction(async (tx) => {
    // Serialises a person's creations, so that two at once cannot pass the limit together.
    await tx.$queryRaw`SELECT id FROM "User" WHERE id = ${viewer.userId}::uuid FOR UPDATE`
    if ((await tx.schedule.count({ where: { ownerId: viewer.userId } })) >= MAX_SCHEDULES) {
      throw new AppError('conflict', `You have ${MAX_SCHEDULES} schedules. Delete one first.`)
    }
    const checked = await checkInput(tx, definition, fields.input, {
      ownerId: viewer.userId,
      role: viewer.role,
    })
    const schedule = await tx.schedule.create({
      data: {
        ...fields,
        id: uuidv7(),
        ownerId: viewer.userId,
        ...checked,
        missedPolicy: missedPolicies[missedPolicy],
        overlapPolicy: overlapPolicies[overlapPolicy],
        nextFireAt: fields.enabled ? nextFireAt : null,
      },
    })
    await announceSchedule(tx, schedule.id)
    return schedule
  })
}

/** Schedules the viewer may see, newest first; admins see the system's too. */
export async function listSchedules(viewer: Viewer, page: PageRequest): Promise<Page<Schedule>> {
  const rows = await prisma().schedule.findMany(newestFirst(page, ownedBy(viewer)))
  return pageById(rows, page)
}

/**
 * A schedule the viewer may see.
 * @throws {AppError} `not_found`, also for a schedule of somebody else
 */
export async function getSchedule(
  viewer: Viewer,
  id: string,
  db: Database = prisma(),
): Promise<Schedule> {
  const where = { id, ...ownedBy(viewer) }
  return foundById(id, 'This schedule', () => db.schedule.findFirst({ where }))
}

/** A schedule the viewer may see; undefined when it is gone, or there was none. */
export async function findSchedule(
  viewer: Viewer,
  id: string | null,
): Promise<Schedule | undefined> {
  if (!id) return undefined
  return (await prisma().schedule.findFirst({ where: { id, ...ownedBy(viewer) } })) ?? undefined
}

/**
 * Changes what is given; what the schedule has done so far stays. A changed pattern counts from now
 * on, and so does a schedule that is switched on: what it would have done meanwhile is not missed,
 * and why it was off is forgotten.
 * @throws {AppError} `not_found`; `invalid_input` naming each field; `conflict` for what a schedule
 * of the system does
 */
export async function updateSchedule(
  viewer: Viewer,
  id: string,
  changes: ScheduleChanges,
): Promise<Schedule> {
  const fields = parseInput(scheduleChangesSchema, changes)
  if (fields.cron !== undefined) refuseTooOften(viewer, fields.cron)
  return transaction(async (tx) => {
    const current = await lockSchedule(tx, viewer, id, 'schedule.update', (before) =>
      changeOf(before, fields),
    )
    refuseOtherWork(current, fields)
    const { input, missedPolicy, overlapPolicy, ...plain } = fields
    const schedule = await tx.schedule.update({
      where: { id },
      data: {
        ...plain,
        ...(await changedInput(tx, viewer, current, fields)),
        ...(missedPolicy ? { missedPolicy: missedPolicies[missedPolicy] } : {}),
        ...(overlapPolicy ? { overlapPolicy: overlapPolicies[overlapPolicy] } : {}),
        ...changedTime(current, fields),
        ...(fields.enabled === undefined ? {} : { disabledReason: null }),
      },
    })
    await announceSchedule(tx, id)
    return schedule
  })
}

/**
 * Deletes a schedule with the list of what it did; its jobs stay.
 * @throws {AppError} `not_found`; `conflict` for a schedule of the system, which can be paused only
 */
export async function deleteSchedule(viewer: Viewer, id: string): Promise<void> {
  await transaction(async (tx) => {
    const { systemKey } = await lockSchedule(tx, viewer, id, 'schedule.delete')
    if (systemKey) {
      throw new AppError(
        'conflict',
        'Millrace needs this schedule. It can be paused, but not deleted.',
      )
    }
    await tx.schedule.delete({ where: { id } })
  })
}

/**
 * Locks a schedule the viewer may change: nobody fires, changes or deletes it until `tx` ends. An
 * admin's change of what is not their own is written down.
 * @throws {AppError} `not_found`, also for a schedule of somebody else
 */
export async function lockSchedule(
  tx: Database,
  viewer: Viewer,
  id: string,
  action: string,
  details?: (schedule: Schedule) => AuditDetails,
): Promise<Schedule> {
  await getSchedule(viewer, id, tx)
  await tx.$queryRaw`SELECT id FROM "Schedule" WHERE id = ${id}::uuid FOR UPDATE`
  const schedule = await getSchedule(viewer, id, tx)
  if (schedule.ownerId !== viewer.userId) {
    await audit(tx, viewer, action, { type: 'schedule', id }, details?.(schedule))
  }
  return schedule
}

/** For the audit log: when it runs, before and after. A name or an input may say anything. */
function changeOf(before: Schedule, changes: ScheduleChanges): AuditDetails {
  const { cron, timezone, enabled } = before
  const timing = { cron, timezone, enabled }
  const { name, input, type, missedPolicy, overlapPolicy, ...timingChanges } = changes
  const others = { name, input, type, missedPolicy, overlapPolicy }
  const changed = Object.entries(others).flatMap(([key, value]) => (value === undefined ? [] : key))
  return {
    before: timing,
    after: { ...timing, ...timingChanges },
    ...(changed.length > 0 ? { changed } : {}),
  }
}

function refuseOtherWork({ systemKey }: Schedule, changes: ScheduleChanges): void {
  const { name, type, input } = changes
  if (!systemKey || (name === undefined && type === undefined && input === undefined)) return
  throw new AppError('conflict', 'Of a schedule of the system, only when it runs can be changed.')
}

async function changedInput(
  tx: Database,
  viewer: Viewer,
  current: Schedule,
  changes: ScheduleChanges,
) {
  const { type = current.type, input = current.input } = changes
  if (changes.type === undefined && changes.input === undefined) return {}
  const requester = await requesterFor(tx, viewer, current.ownerId)
  const kept = type === current.type ? current.input : undefined
  return checkInput(tx, findUserFacing(type), input, requester, kept)
}

function changedTime(current: Schedule, changes: ScheduleChanges) {
  const { cron = current.cron, timezone = current.timezone } = changes
  const { enabled = current.enabled } = changes
  const isOther = cron !== current.cron || timezone !== current.timezone
  if (!isOther && enabled === current.enabled) return {}
  const nextFireAt = enabled || isOther ? firstFire({ cron, timezone }) : null
  return { nextFireAt: enabled ? nextFireAt : null }
}
