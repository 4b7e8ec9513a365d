import { Prisma } from '@/lib/db/generated/client'

/** What can be done to all jobs that match a filter. */
export const bulkActionNames = ['retry', 'cancel', 'promote', 'delete'] as const
export type BulkActionName = (typeof bulkActionNames)[number]

/** The type of the jobs that do it: they leave each other alone. */
export const BULK_TYPE = 'bulk-action'

/** Whether `name` is one of them. */
export function isBulkAction(name: unknown): name is BulkActionName {
  return bulkActionNames.some((known) => known === name)
}

const notBulk = Prisma.sql`job.type <> ${BULK_TYPE}`

/** The jobs an action can be done to, as SQL about `job`. */
export function eligible(action: BulkActionName): Prisma.Sql[] {
  switch (action) {
    case 'retry':
      return [Prisma.sql`job."endedAs" IN ('FAILED', 'CANCELED')`, notBulk]
    case 'cancel':
      return [
        Prisma.sql`job."endedAs" IS NULL`,
        Prisma.sql`job."cancelRequestedAt" IS NULL`,
        notBulk,
      ]
    case 'promote':
      return [
        Prisma.sql`job."waitsAs" IS NOT NULL`,
        Prisma.sql`COALESCE(job."nextAttemptAt", job."runAt") > now()`,
        notBulk,
      ]
    case 'delete':
      return [Prisma.sql`job."endedAs" IS NOT NULL`]
  }
}
