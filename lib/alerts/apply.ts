import { v7 as uuidv7 } from 'uuid'
import { type Alert, Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import type { Changes, Closing, Firing } from './decide'
import { notify } from './notify'

/**
 * Opens, tells and closes alerts, and enqueues what tells channels of it, in one transaction. Each
 * write is conditional on the state it changes: whoever comes second changes, and tells, nothing.
 */
export async function applyChanges({ fire, close, tell }: Changes): Promise<void> {
  await transaction(async (tx) => {
    const fired = await open(tx, fire)
    const told = await tellLate(tx, tell)
    const closed = await closeAlerts(tx, close)
    await notify(tx, [...fired, ...told, ...closed])
  })
}

/** Within the quiet time after the last notice of the same trouble, an alert opens untold. */
async function open(tx: Database, firings: Firing[]): Promise<Alert[]> {
  if (firings.length === 0) return []
  const given = JSON.stringify(firings.map((firing) => ({ id: uuidv7(), ...firing })))
  return tx.$queryRaw<Alert[]>(Prisma.sql`
    INSERT INTO "Alert" (id, "ruleId", "ruleName", kind, subject, value, message, "firedAt",
      "toldAt", "quietUntil")
    SELECT given.id, rule.id, rule.name, rule.kind, given.subject, given.value, given.message, now(),
      CASE WHEN quiet.until > now() THEN NULL ELSE now() END,
      CASE WHEN quiet.until > now() THEN quiet.until END
    FROM jsonb_to_recordset(${given}::jsonb)
        AS given(id uuid, "ruleId" uuid, subject text, value float8, message text)
      JOIN "AlertRule" rule ON rule.id = given."ruleId" AND rule.enabled
      LEFT JOIN LATERAL (
        SELECT "toldAt" + rule."quietMinutes" * interval '1 minute' AS until FROM "Alert" before
        WHERE before."ruleId" = rule.id AND before.subject = given.subject
          AND before."toldAt" IS NOT NULL
        ORDER BY before.id DESC LIMIT 1) quiet ON true
    ON CONFLICT DO NOTHING
    RETURNING *`)
}

function tellLate(tx: Database, ids: string[]): Promise<Alert[]> {
  if (ids.length === 0) return Promise.resolve([])
  return tx.alert.updateManyAndReturn({
    where: { id: { in: ids }, toldAt: null, resolvedAt: null },
    data: { toldAt: new Date() },
  })
}

async function closeAlerts(tx: Database, closings: Closing[]): Promise<Alert[]> {
  if (closings.length === 0) return []
  return tx.$queryRaw<Alert[]>(Prisma.sql`
    UPDATE "Alert" alert SET "resolvedAt" = now(), "resolvedValue" = given.value,
      resolution = given.resolution
    FROM jsonb_to_recordset(${JSON.stringify(closings)}::jsonb)
      AS given(id uuid, value float8, resolution text)
    WHERE alert.id = given.id AND alert."resolvedAt" IS NULL
    RETURNING alert.*`)
}

/** Closes what a rule has open, since it is not evaluated any more; its channels hear of it. */
export async function closeAlertsOf(
  tx: Database,
  ruleId: string,
  resolution: string,
): Promise<void> {
  const closed = await tx.alert.updateManyAndReturn({
    where: { ruleId, resolvedAt: null },
    data: { resolvedAt: new Date(), resolution },
  })
  await notify(tx, closed)
}
