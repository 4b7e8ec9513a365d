import { Prisma } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import { SLICE } from './slice'

/** Days that the audit log is kept. */
const AUDIT_DAYS = 365
const DAY_MS = 24 * 3600_000

/**
 * Removes a slice of the audit log's oldest entries. The database lets nobody else delete any: only a
 * transaction that says that it is retention, as this statement does for its own.
 */
export function expiredAuditEntries(now: Date): Prisma.Sql {
  const cutoff = lowestIdAt(new Date(now.getTime() - AUDIT_DAYS * DAY_MS))
  return Prisma.sql`
    WITH retention AS MATERIALIZED (SELECT set_config('millrace.audit_retention', 'on', true))
    DELETE FROM "AuditEntry" WHERE id IN (
      SELECT id FROM retention, "AuditEntry" WHERE id < ${cutoff}::uuid ORDER BY id LIMIT ${SLICE})`
}
