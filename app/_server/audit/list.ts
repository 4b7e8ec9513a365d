import { z } from 'zod'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import type { AuditEntry, Prisma } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import type { Page } from '@/lib/db/page'
import { newestFirst, pageById } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { parseInput } from '@/lib/errors/parse-input'
import { dayField } from '@/lib/time/time-fields'

/** The actor that stands for the command line in a filter. */
export const COMMAND_LINE = 'command-line'

/** The audit log itself, as the target of an entry. */
export const AUDIT_LOG = { type: 'audit-log', id: 'all' } as const

const DAY_MS = 24 * 3600_000

const name = z
  .string()
  .max(100)
  .refine((value) => !value.includes('\0'))
const day = dayField()

/** What the log may be narrowed to; the same names in its address. Days are in UTC. */
const auditFilter = z.object({
  actor: z.uuid().or(z.literal(COMMAND_LINE)).optional(),
  action: name.optional(),
  target: name.optional(),
  targetId: name.optional(),
  from: day.optional(),
  to: day.optional(),
})
export type AuditFilter = z.output<typeof auditFilter>

const auditQuery = auditFilter.extend({ cursor: z.uuid().optional() })
export type AuditQuery = z.output<typeof auditQuery>

/** Reads the log's query. @throws {AppError} `invalid_input` for what it cannot mean */
export function parseAuditQuery(values: Record<string, string>): AuditQuery {
  return parseInput(auditQuery, values)
}

/** Entries of the audit log, newest first. */
export async function listAudit(
  viewer: Viewer,
  { cursor, ...filter }: AuditQuery,
  limit: number,
): Promise<Page<AuditEntry>> {
  requireAdminViewer(viewer)
  const rows = await prisma().auditEntry.findMany(newestFirst({ limit, cursor }, whereOf(filter)))
  return pageById(rows, { limit })
}

/** Every part is served by an index that ends with the id, which carries the time. */
function whereOf(filter: AuditFilter): Prisma.AuditEntryWhereInput {
  const { actor, action, target, targetId, from, to } = filter
  return {
    ...(actor ? { actorId: actor === COMMAND_LINE ? null : actor } : {}),
    ...(action ? { action } : {}),
    ...(target ? { targetType: target } : {}),
    // The index on targets begins with their type.
    ...(target && targetId ? { targetId } : {}),
    AND: [
      from ? { id: { gte: lowestIdAt(new Date(from)) } } : {},
      to ? { id: { lt: lowestIdAt(new Date(Date.parse(to) + DAY_MS)) } } : {},
    ],
  }
}
