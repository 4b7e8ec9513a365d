import { Prisma, type Schedule } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { logger } from '@/lib/telemetry/logger'
import { type Clock, FIRES_AT } from './clock'
import { type DueSchedule, decide, type Fire } from './decide'
import { type FirePlan, planFires } from './plan-fires'
import { tellOfRefusals } from './refusal-notices'

/** Schedules claimed in one transaction. */
const BATCH = 50

const FIRES = Prisma.raw(FIRES_AT)

/** Latest jobs of a schedule among which one that has not ended is looked for. */
const LATEST_JOBS = 100

/**
 * Fires the schedules whose time has come, at most a batch of them: one job per time, made in the
 * transaction that moves the schedule on. Any number of workers may call this at once.
 * @returns whether there may be more
 * @throws what kept a schedule from being fired; it stays due, and does not keep the others from it
 */
export async function fireDue(now: Clock): Promise<boolean> {
  try {
    return (await fire(now)) === BATCH
  } catch (error) {
    logger('scheduler').warn({ err: error }, 'Schedules could not be fired together; one by one')
    return fireSingly(now)
  }
}

async function fireSingly(now: Clock): Promise<boolean> {
  const at = await now()
  const due = await prisma().$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM "Schedule"
    WHERE "nextFireAt" <= ${at}::timestamptz AND ${FIRES} <= ${at}::timestamptz
    ORDER BY "nextFireAt" LIMIT ${BATCH}`)
  const failures: unknown[] = []
  for (const { id } of due) await fire(now, id).catch((error) => failures.push(error))
  if (failures.length > 0) throw failures[0]
  return due.length === BATCH
}

/**
 * @param only the one schedule to fire, if it is due
 * @returns how many were due
 */
async function fire(now: Clock, only?: string): Promise<number> {
  const at = await now()
  return transaction(async (tx) => {
    const due = await claim(tx, at, only)
    if (due.length === 0) return 0
    const busy = await findBusy(tx, due)
    const plans = due.map((schedule) => {
      return { schedule, ...planOf(schedule, at, busy.has(schedule.id)) }
    })
    const planned = plans.flatMap(({ schedule, fires }) =>
      fires.map((fire): Fire => ({ ...fire, schedule })),
    )
    const decided = await decide(tx, await notFiredYet(tx, planned))
    await tx.scheduleFire.createMany({ data: decided })
    await tellOfRefusals(tx, due, decided)
    await moveOn(tx, plans)
    return due.length
  })
}

/** Locks schedules that this program is to fire now, and that no other worker holds. */
function claim(tx: Database, at: Date, only: string | undefined): Promise<DueSchedule[]> {
  return tx.$queryRaw<DueSchedule[]>(Prisma.sql`
    SELECT schedule.*, "User"."disabledAt" IS NOT NULL AS "ownerDisabled", "User".role AS "ownerRole"
    FROM "Schedule" schedule LEFT JOIN "User" ON "User".id = schedule."ownerId"
    WHERE schedule."nextFireAt" <= ${at}::timestamptz
      AND ${FIRES} <= ${at}::timestamptz
      ${only ? Prisma.sql`AND schedule.id = ${only}::uuid` : Prisma.empty}
    ORDER BY schedule."nextFireAt" LIMIT ${BATCH}
    FOR UPDATE OF schedule SKIP LOCKED`)
}

/** Ids of the schedules that must not overlap, and of which a job has not ended. */
async function findBusy(tx: Database, due: DueSchedule[]): Promise<Set<string>> {
  const ids = due.filter(({ overlapPolicy }) => overlapPolicy === 'SKIP').map(({ id }) => id)
  if (ids.length === 0) return new Set()
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT schedule.id FROM unnest(${ids}::uuid[]) AS schedule(id)
    WHERE EXISTS (
      SELECT 1 FROM (
        SELECT "jobId" FROM "JobFacts" WHERE "scheduleId" = schedule.id
        ORDER BY "jobId" DESC LIMIT ${LATEST_JOBS}
      ) latest JOIN "Job" job ON job.id = latest."jobId"
      WHERE job."endedAs" IS NULL)`)
  return new Set(rows.map(({ id }) => id))
}

/** What cannot be read any more, since the rules of time zones changed or the reader did, ends. */
function planOf(schedule: DueSchedule, at: Date, busy: boolean): FirePlan {
  try {
    return planFires(schedule, at, busy)
  } catch (error) {
    logger('scheduler').warn({ err: error, scheduleId: schedule.id }, 'A schedule cannot be read')
    const detail = 'When it runs can no longer be read. Edit it.'
    return {
      fires: [{ fireAt: schedule.nextFireAt, outcome: 'REFUSED', detail }],
      nextFireAt: null,
    }
  }
}

/** Leaves out times that came before, in case a schedule or a clock was set back. */
async function notFiredYet(tx: Database, fires: Fire[]): Promise<Fire[]> {
  if (fires.length === 0) return []
  const given = fires.map(({ schedule, fireAt }) => ({ id: schedule.id, fireAt }))
  const rows = await tx.$queryRaw<{ id: string; fireAt: Date }[]>(Prisma.sql`
    SELECT fire."scheduleId" AS id, fire."fireAt"
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS given(id uuid, "fireAt" timestamptz)
    JOIN "ScheduleFire" fire ON fire."scheduleId" = given.id AND fire."fireAt" = given."fireAt"`)
  const key = (id: string, fireAt: Date) => `${id} ${fireAt.getTime()}`
  const known = new Set(rows.map(({ id, fireAt }) => key(id, fireAt)))
  return fires.filter(({ schedule, fireAt }) => !known.has(key(schedule.id, fireAt)))
}

async function moveOn(tx: Database, plans: (FirePlan & { schedule: Schedule })[]): Promise<void> {
  const moved = plans.map(({ schedule, fires, nextFireAt }) => ({
    id: schedule.id,
    nextFireAt,
    lastFireAt: fires.at(-1)?.fireAt ?? schedule.lastFireAt,
  }))
  await tx.$executeRaw(Prisma.sql`
    UPDATE "Schedule" schedule
    SET "nextFireAt" = moved."nextFireAt", "lastFireAt" = moved."lastFireAt"
    FROM jsonb_to_recordset(${JSON.stringify(moved)}::jsonb)
      AS moved(id uuid, "nextFireAt" timestamptz, "lastFireAt" timestamptz)
    WHERE schedule.id = moved.id`)
}
