import { z } from 'zod'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import type { Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { parseInput } from '@/lib/errors/parse-input'
import { type TerminalStatus, terminalStatuses } from '@/lib/jobs/status'
import type { RecordKind } from '@/lib/retention/defaults'
import { type Days, readRetention } from '@/lib/retention/settings'

/** Ten years and a bit: who wants longer wants it for ever. */
const MAX_DAYS = 3_660

/** Days, or null for ever. A day at least: nobody's job goes while they look at it. */
const daysSchema = z
  .int({ error: `Expected a whole number of days, 1 to ${MAX_DAYS}` })
  .min(1, { error: 'Expected 1 day or more' })
  .max(MAX_DAYS, { error: `Expected at most ${MAX_DAYS} days, or for ever` })
  .nullable()

const jobDaysSchema = z.strictObject({
  COMPLETED: daysSchema,
  FAILED: daysSchema,
  CANCELED: daysSchema,
})

/**
 * How long jobs of a type are kept from now on, by the status they ended in. Nothing is removed
 * before retention runs next.
 * @throws {AppError} `invalid_input` with the statuses as paths
 */
export async function changeJobDays(
  admin: Viewer,
  type: string,
  days: Record<TerminalStatus, Days>,
): Promise<void> {
  requireAdminViewer(admin)
  const wanted = parseInput(jobDaysSchema, days)
  await change(admin, type, async (tx) => {
    const retention = await readRetention(tx)
    const before = terminalStatuses.map((status) => [status, retention.jobs(type, status)] as const)
    await tx.retentionSetting.deleteMany({ where: { type } })
    await tx.retentionSetting.createMany({
      data: terminalStatuses.map((status) => ({
        type,
        status,
        days: wanted[status],
        updatedById: admin.userId,
      })),
    })
    const inLowerCase = (entries: readonly (readonly [string, Days])[]) =>
      Object.fromEntries(entries.map(([status, value]) => [status.toLowerCase(), value]))
    return { before: inLowerCase(before), after: inLowerCase(Object.entries(wanted)) }
  })
}

/**
 * How long records that are no jobs are kept from now on.
 * @throws {AppError} `invalid_input` with the path `days`
 */
export async function changeRecordDays(admin: Viewer, kind: RecordKind, days: Days): Promise<void> {
  requireAdminViewer(admin)
  const wanted = parseInput(z.strictObject({ days: daysSchema }), { days })
  await change(admin, kind, async (tx) => {
    const before = (await readRetention(tx)).records(kind)
    const data = { days: wanted.days, updatedById: admin.userId }
    await tx.recordRetentionSetting.upsert({
      where: { records: kind },
      create: { records: kind, ...data },
      update: data,
    })
    return { before: { days: before }, after: wanted }
  })
}

async function change(
  admin: Viewer,
  id: string,
  work: (tx: Database) => Promise<Prisma.InputJsonObject>,
): Promise<void> {
  await transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('retention settings'))`
    const details = await work(tx)
    await audit(tx, admin, 'retention.change', { type: 'retention', id }, details)
  })
}
