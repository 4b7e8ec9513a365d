import { Prisma } from '@/lib/db/generated/client'

/** Most rows one transaction removes: nobody waits long for a lock it holds. */
export const SLICE = 500

/** Deletes the rows of a table whose keys are selected. */
export function deletionOf(table: string, selected: Prisma.Sql, key = 'id'): Prisma.Sql {
  return Prisma.sql`DELETE FROM "${Prisma.raw(table)}" WHERE (${Prisma.raw(key)}) IN (${selected})`
}

/** What tells rows of "ScheduleFire" apart. */
export const FIRE_KEY = '"scheduleId", "fireAt"'

/** Selects up to so many times of some schedules; the index leads through each schedule's own. */
export function firesOf(
  limit: number,
  { schedules, fires }: { schedules?: Prisma.Sql; fires?: Prisma.Sql },
): Prisma.Sql {
  return Prisma.sql`
    SELECT chosen.* FROM "Schedule" schedule CROSS JOIN LATERAL (
      SELECT ${Prisma.raw(FIRE_KEY)} FROM "ScheduleFire"
      WHERE "scheduleId" = schedule.id AND ${fires ?? Prisma.sql`true`}
      ORDER BY "fireAt" LIMIT ${limit}) chosen
    WHERE ${schedules ?? Prisma.sql`true`} LIMIT ${limit}`
}
