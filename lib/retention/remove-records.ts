import { SESSION_DAYS } from '@/lib/auth/sessions'
import { Prisma } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import { prisma } from '@/lib/db/prisma'
import { AUDIT_DAYS, DEFAULT_DAYS, type RecordKind, recordKinds } from './defaults'
import { cutoffOf, type Retention } from './settings'
import { SLICE } from './slice'

/** Some records that are no jobs: which of them are due, and how those are removed. */
type Removal = {
  what: string
  /** Selects up to so many of what was made before the cutoff and may go. */
  due: (cutoff: Date, limit: number) => Prisma.Sql
  remove: (due: Prisma.Sql) => Prisma.Sql
  /** Where that is not the default. */
  days?: number
}

const before = (cutoff: Date) => Prisma.sql`${lowestIdAt(cutoff)}::uuid`

const byId = (table: Prisma.Sql) => (due: Prisma.Sql) =>
  Prisma.sql`DELETE FROM ${table} WHERE id IN (${due})`

/** Those whose days an admin may change. */
const kinds: Record<RecordKind, Omit<Removal, 'what'>> = {
  deliveries: {
    due: (cutoff, limit) => Prisma.sql`
      SELECT id FROM "WebhookDelivery" WHERE id < ${before(cutoff)} ORDER BY id LIMIT ${limit}`,
    remove: byId(Prisma.sql`"WebhookDelivery"`),
  },
  mails: {
    due: (cutoff, limit) => Prisma.sql`
      SELECT id FROM "Mail" WHERE id < ${before(cutoff)} ORDER BY id LIMIT ${limit}`,
    remove: byId(Prisma.sql`"Mail"`),
  },
  notifications: {
    due: (cutoff, limit) => Prisma.sql`
      SELECT id FROM "Notification" WHERE id < ${before(cutoff)} AND "readAt" IS NOT NULL
      ORDER BY id LIMIT ${limit}`,
    remove: byId(Prisma.sql`"Notification"`),
  },
  /** The index leads through each schedule's own. */
  fires: {
    due: (cutoff, limit) => Prisma.sql`
      SELECT old.* FROM "Schedule" schedule CROSS JOIN LATERAL (
        SELECT "scheduleId", "fireAt" FROM "ScheduleFire"
        WHERE "scheduleId" = schedule.id AND "fireAt" < ${cutoff}::timestamptz
        ORDER BY "fireAt" LIMIT ${limit}) old
      LIMIT ${limit}`,
    remove: (due) => Prisma.sql`
      DELETE FROM "ScheduleFire" fire USING (${due}) expired
      WHERE fire."scheduleId" = expired."scheduleId" AND fire."fireAt" = expired."fireAt"`,
  },
}

/** What nobody misses; it has no setting. */
const leftovers: readonly Removal[] = [
  {
    what: 'batches',
    due: (cutoff, limit) => Prisma.sql`
      SELECT batch.id FROM "Batch" batch WHERE batch.id < ${before(cutoff)} AND NOT EXISTS (
        SELECT 1 FROM "JobFacts" facts WHERE facts."batchId" = batch.id)
      ORDER BY batch.id LIMIT ${limit}`,
    remove: byId(Prisma.sql`"Batch"`),
  },
  /** What is open stays; messages go with their alerts, those of tests by themselves. */
  {
    what: 'alerts',
    due: (cutoff, limit) => Prisma.sql`
      SELECT id FROM "Alert" WHERE id < ${before(cutoff)} AND "resolvedAt" IS NOT NULL
      ORDER BY id LIMIT ${limit}`,
    remove: byId(Prisma.sql`"Alert"`),
  },
  {
    what: 'alertTests',
    due: (cutoff, limit) => Prisma.sql`
      SELECT id FROM "AlertNotice" WHERE id < ${before(cutoff)} AND "alertId" IS NULL
      ORDER BY id LIMIT ${limit}`,
    remove: byId(Prisma.sql`"AlertNotice"`),
  },
  {
    what: 'passwordResets',
    due: (cutoff, limit) => Prisma.sql`
      SELECT id FROM "PasswordReset" WHERE id < ${before(cutoff)} AND "expiresAt" < now()
      ORDER BY id LIMIT ${limit}`,
    remove: byId(Prisma.sql`"PasswordReset"`),
  },
  {
    what: 'invitations',
    due: (cutoff, limit) => Prisma.sql`
      SELECT id FROM "Invitation" WHERE id < ${before(cutoff)}
        AND ("expiresAt" < now() OR "acceptedAt" IS NOT NULL)
      ORDER BY id LIMIT ${limit}`,
    remove: byId(Prisma.sql`"Invitation"`),
  },
  {
    what: 'sessions',
    days: SESSION_DAYS,
    due: (cutoff, limit) => Prisma.sql`
      SELECT id FROM "Session" WHERE id < ${before(cutoff)} AND "expiresAt" < now()
      ORDER BY id LIMIT ${limit}`,
    remove: byId(Prisma.sql`"Session"`),
  },
  /** A small table: the limiter removes most by itself. */
  {
    what: 'rateLimits',
    due: (_cutoff, limit) => Prisma.sql`
      SELECT key FROM "RateLimit" WHERE expire < EXTRACT(EPOCH FROM now()) * 1000 LIMIT ${limit}`,
    remove: (due) => Prisma.sql`DELETE FROM "RateLimit" WHERE key IN (${due})`,
  },
  {
    what: 'workers',
    due: (cutoff, limit) => Prisma.sql`
      SELECT id FROM "Worker"
      WHERE "heartbeatAt" < ${cutoff}::timestamptz AND "stoppedAt" IS NOT NULL
      ORDER BY "heartbeatAt" LIMIT ${limit}`,
    remove: byId(Prisma.sql`"Worker"`),
  },
  /**
   * The database lets nobody delete from the audit log but a transaction that says that it is
   * retention, as this statement does for its own.
   */
  {
    what: 'auditEntries',
    days: AUDIT_DAYS,
    due: (cutoff, limit) => Prisma.sql`
      SELECT id FROM "AuditEntry" WHERE id < ${before(cutoff)} ORDER BY id LIMIT ${limit}`,
    remove: (due) => Prisma.sql`
      WITH retention AS MATERIALIZED (SELECT set_config('millrace.audit_retention', 'on', true))
      DELETE FROM "AuditEntry" WHERE id IN (SELECT due.id FROM retention, (${due}) due)`,
  },
]

/** Removes a slice of some records, and says how many went: fewer than a slice were the last. */
export type RecordRemoval = { what: string; removeSlice: () => Promise<number> }

/** What is to be removed besides jobs; kinds that are kept for ever are left out. */
export function recordRemovals(retention: Retention, now: Date): RecordRemoval[] {
  const chosen = recordKinds.map((kind) => ({
    what: kind,
    ...kinds[kind],
    cutoff: cutoffOf(retention.records(kind), now),
  }))
  const others = leftovers.map((removal) => ({
    ...removal,
    cutoff: cutoffOf(removal.days ?? DEFAULT_DAYS, now),
  }))
  return [...chosen, ...others].flatMap(({ what, due, remove, cutoff }) =>
    cutoff ? { what, removeSlice: () => prisma().$executeRaw(remove(due(cutoff, SLICE))) } : [],
  )
}

/** Selects up to so many records of a kind that were made before the cutoff and may go. */
export function dueRecords(kind: RecordKind, cutoff: Date, limit: number): Prisma.Sql {
  return kinds[kind].due(cutoff, limit)
}
