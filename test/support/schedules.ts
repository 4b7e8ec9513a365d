import { v7 as uuidv7 } from 'uuid'
import type { Prisma, Schedule } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { fireDue } from '@/workers/supervisor/schedules/fire-due'

/** The record of a schedule that sends a mail, as it is without what creating one would check. */
export function createScheduleRecord(
  given: Partial<Prisma.ScheduleUncheckedCreateInput>,
): Promise<Schedule> {
  return prisma().schedule.create({
    data: {
      id: uuidv7(),
      name: 'Morning mail',
      type: 'email',
      input: { to: 'ann@example.com', template: 'welcome' },
      cron: '0 * * * *',
      timezone: 'UTC',
      ...given,
    },
  })
}

/** Fires everything that is due at a moment. */
export async function fireAll(moment: string): Promise<void> {
  while (await fireDue(async () => new Date(moment)));
}

/** What became of a schedule's times, earliest first. */
export function firesOf(scheduleId: string) {
  return prisma().scheduleFire.findMany({ where: { scheduleId }, orderBy: { fireAt: 'asc' } })
}
