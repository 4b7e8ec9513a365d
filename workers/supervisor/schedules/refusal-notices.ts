import { v7 as uuidv7 } from 'uuid'
import { Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { ANNOUNCE_NOTICE } from '@/lib/notifications/notice'
import type { DueSchedule } from './decide'

/**
 * Tells the owners of schedules whose time led to nothing, because the input no longer fits or what it
 * names is gone: once a day for as long as that goes on.
 */
export async function tellOfRefusals(
  tx: Database,
  due: DueSchedule[],
  fires: Prisma.ScheduleFireCreateManyInput[],
): Promise<void> {
  const details = new Map(
    fires.flatMap(({ scheduleId, outcome, detail }) =>
      outcome === 'REFUSED' ? [[scheduleId, detail]] : [],
    ),
  )
  const notices = due
    .filter(({ id, ownerId, ownerDisabled }) => details.has(id) && ownerId && !ownerDisabled)
    .map(({ id, ownerId, name }) => ({
      id: uuidv7(),
      ownerId,
      scheduleId: id,
      title: `Schedule “${name}” could not run`,
      body: details.get(id),
    }))
  if (notices.length === 0) return
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO "Notification" (id, "userId", kind, title, body, href, subject, "mailPending")
    SELECT notice.id, "User".id, 'SCHEDULE_REFUSED', notice.title, notice.body,
      '/schedules/' || notice."scheduleId", notice."scheduleId", "User"."notifyByMail"
    FROM jsonb_to_recordset(${JSON.stringify(notices)}::jsonb)
      AS notice(id uuid, "ownerId" uuid, "scheduleId" text, title text, body text)
    JOIN "User" ON "User".id = notice."ownerId"
    ON CONFLICT ("userId", kind, subject) DO UPDATE SET
      id = excluded.id, title = excluded.title, body = excluded.body, "readAt" = NULL,
      "mailPending" = excluded."mailPending", "createdAt" = now()
    WHERE "Notification"."createdAt" < now() - interval '1 day'
    RETURNING ${Prisma.raw(ANNOUNCE_NOTICE)}`)
}
