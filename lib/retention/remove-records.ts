import { SESSION_DAYS } from '@/lib/auth/sessions'
import { Prisma } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import { prisma } from '@/lib/db/prisma'
import { AUDIT_DAYS, DEFAULT_DAYS, type RecordKind, recordKinds } from './defaults'
import { cutoffOf, type Retention } from './settings'
import { deletionOf, FIRE_KEY, firesOf, SLICE } from './slice'

/** Some records that are no jobs: which of them are due, and how those are removed. */
type Removal = {
  /** Selects up to so many of what was made before the cutoff and may go. */
  due: (cutoff: Date, limit: number) => Prisma.Sql
  remove: (due: Prisma.Sql) => Prisma.Sql
}

/** Records whose ids say when they were made. @param also SQL: what else is true of those that may go */
function old(table: string, also = 'true'): Removal {
  return {
    due: (cutoff, limit) => Prisma.sql`
      SELECT id FROM "${Prisma.raw(table)}" record
      WHERE id < ${lowestIdAt(cutoff)}::uuid AND ${Prisma.raw(also)} ORDER BY id LIMIT ${limit}`,
    remove: (due) => deletionOf(table, due),
  }
}

/** Those whose days an admin may change. */
const kinds: Record<RecordKind, Removal> = {
  deliveries: old('WebhookDelivery'),
  mails: old('Mail'),
  notifications: old('Notification', '"readAt" IS NOT NULL'),
  fires: {
    due: (cutoff, limit) =>
      firesOf(limit, { fires: Prisma.sql`"fireAt" < ${cutoff}::timestamptz` }),
    remove: (due) => deletionOf('ScheduleFire', due, FIRE_KEY),
  },
}

/** What nobody misses; it has no setting. Its days, where they are not the default. */
const leftovers: readonly [what: string, Removal, days?: number][] = [
  ['batches', old('Batch', 'NOT EXISTS (SELECT 1 FROM "JobFacts" WHERE "batchId" = record.id)')],
  // What is open stays; messages go with their alerts, those of tests by themselves.
  ['alerts', old('Alert', '"resolvedAt" IS NOT NULL')],
  ['alertTests', old('AlertNotice', '"alertId" IS NULL')],
  ['passwordResets', old('PasswordReset', '"expiresAt" < now()')],
  ['invitations', old('Invitation', '("expiresAt" < now() OR "acceptedAt" IS NOT NULL)')],
  ['sessions', old('Session', '"expiresAt" < now()'), SESSION_DAYS],
  [
    'rateLimits',
    {
      // A small table: the limiter removes most by itself.
      due: (_cutoff, limit) => Prisma.sql`
        SELECT key FROM "RateLimit" WHERE expire < EXTRACT(EPOCH FROM now()) * 1000 LIMIT ${limit}`,
      remove: (due) => deletionOf('RateLimit', due, 'key'),
    },
  ],
  [
    'workers',
    {
      due: (cutoff, limit) => Prisma.sql`
        SELECT id FROM "Worker"
        WHERE "heartbeatAt" < ${cutoff}::timestamptz AND "stoppedAt" IS NOT NULL
        ORDER BY "heartbeatAt" LIMIT ${limit}`,
      remove: (due) => deletionOf('Worker', due),
    },
  ],
  [
    'auditEntries',
    {
      ...old('AuditEntry'),
      // The database lets nobody delete from the audit log but a transaction that says that it is
      // retention, as this statement does for its own.
      remove: (due) => Prisma.sql`
        WITH retention AS MATERIALIZED (SELECT set_config('millrace.audit_retention', 'on', true))
        ${deletionOf('AuditEntry', Prisma.sql`SELECT due.id FROM retention, (${due}) due`)}`,
    },
    AUDIT_DAYS,
  ],
]

/** Removes a slice of some records, and says how many went: fewer than a slice were the last. */
export type RecordRemoval = { what: string; removeSlice: () => Promise<number> }

/** What is to be removed besides jobs; kinds that are kept for ever are left out. */
export function recordRemovals(retention: Retention, now: Date): RecordRemoval[] {
  const chosen = recordKinds.map((kind) => [kind, kinds[kind], retention.records(kind)] as const)
  const others = leftovers.map(([what, way, days = DEFAULT_DAYS]) => [what, way, days] as const)
  return [...chosen, ...others].flatMap(([what, { due, remove }, days]) => {
    const cutoff = cutoffOf(days, now)
    if (!cutoff) return []
    return { what, removeSlice: () => prisma().$executeRaw(remove(due(cutoff, SLICE))) }
  })
}

/** Selects up to so many records of a kind that were made before the cutoff and may go. */
export function dueRecords(kind: RecordKind, cutoff: Date, limit: number): Prisma.Sql {
  return kinds[kind].due(cutoff, limit)
}
