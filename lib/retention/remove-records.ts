import { Prisma } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import { prisma } from '@/lib/db/prisma'
import { expiredAuditEntries } from './audit-entries'
import { recordsCutoff } from './days'
import { SLICE } from './slice'

/** Records besides jobs, and the statement that removes a slice of those kept long enough. */
export type RecordRemoval = { what: string; slice: (now: Date) => Prisma.Sql }

const before = (now: Date) => Prisma.sql`${lowestIdAt(recordsCutoff(now))}::uuid`

export const recordRemovals: readonly RecordRemoval[] = [
  {
    what: 'deliveries',
    slice: (now) => Prisma.sql`
    DELETE FROM "WebhookDelivery" WHERE id IN (
      SELECT id FROM "WebhookDelivery" WHERE id < ${before(now)} ORDER BY id LIMIT ${SLICE})`,
  },

  {
    what: 'mails',
    slice: (now) => Prisma.sql`
    DELETE FROM "Mail" WHERE id IN (
      SELECT id FROM "Mail" WHERE id < ${before(now)} ORDER BY id LIMIT ${SLICE})`,
  },

  {
    what: 'notifications',
    slice: (now) => Prisma.sql`
    DELETE FROM "Notification" WHERE id IN (
      SELECT id FROM "Notification" WHERE id < ${before(now)} AND "readAt" IS NOT NULL
      ORDER BY id LIMIT ${SLICE})`,
  },

  /** Times of schedules: the index leads through each schedule's own. */
  {
    what: 'fires',
    slice: (now) => Prisma.sql`
    DELETE FROM "ScheduleFire" fire USING (
      SELECT old.* FROM "Schedule" schedule CROSS JOIN LATERAL (
        SELECT "scheduleId", "fireAt" FROM "ScheduleFire"
        WHERE "scheduleId" = schedule.id AND "fireAt" < ${recordsCutoff(now)}::timestamptz
        ORDER BY "fireAt" LIMIT ${SLICE}) old
      LIMIT ${SLICE}) expired
    WHERE fire."scheduleId" = expired."scheduleId" AND fire."fireAt" = expired."fireAt"`,
  },

  /** Batches of which no job is left. */
  {
    what: 'batches',
    slice: (now) => Prisma.sql`
    DELETE FROM "Batch" WHERE id IN (
      SELECT batch.id FROM "Batch" batch WHERE batch.id < ${before(now)} AND NOT EXISTS (
        SELECT 1 FROM "JobFacts" facts WHERE facts."batchId" = batch.id)
      ORDER BY batch.id LIMIT ${SLICE})`,
  },

  {
    what: 'passwordResets',
    slice: (now) => Prisma.sql`
    DELETE FROM "PasswordReset" WHERE id IN (
      SELECT id FROM "PasswordReset" WHERE id < ${before(now)} AND "expiresAt" < ${now}::timestamptz
      ORDER BY id LIMIT ${SLICE})`,
  },

  {
    what: 'invitations',
    slice: (now) => Prisma.sql`
    DELETE FROM "Invitation" WHERE id IN (
      SELECT id FROM "Invitation" WHERE id < ${before(now)}
        AND ("expiresAt" < ${now}::timestamptz OR "acceptedAt" IS NOT NULL)
      ORDER BY id LIMIT ${SLICE})`,
  },

  /** A small table: the limiter removes most by itself. */
  {
    what: 'rateLimits',
    slice: (now) => Prisma.sql`
    DELETE FROM "RateLimit" WHERE key IN (
      SELECT key FROM "RateLimit" WHERE expire < ${now.getTime()} LIMIT ${SLICE})`,
  },

  {
    what: 'workers',
    slice: (now) => Prisma.sql`
    DELETE FROM "Worker" WHERE id IN (
      SELECT id FROM "Worker" WHERE "heartbeatAt" < ${recordsCutoff(now)}::timestamptz
        AND "stoppedAt" IS NOT NULL
      ORDER BY "heartbeatAt" LIMIT ${SLICE})`,
  },

  { what: 'auditEntries', slice: expiredAuditEntries },
]

/**
 * Removes a slice of what has been kept long enough.
 * @returns whether there may be more, and how many rows went
 */
export async function removeExpiredRecords(
  { slice }: RecordRemoval,
  now: Date,
): Promise<{ removed: number; more: boolean }> {
  const removed = await prisma().$executeRaw(slice(now))
  return { removed, more: removed === SLICE }
}
