import { Prisma } from '@/lib/db/generated/client'

/** PostgreSQL channel that carries the ids of changed jobs, separated by commas. */
export const CHANGES_CHANNEL = 'millrace_jobs'

/** PostgreSQL channel that carries the ids of jobs whose running attempt is to stop. */
export const CANCEL_CHANNEL = 'millrace_cancel'

/** A payload may hold 8,000 bytes; an id takes 37. */
export const IDS_PER_NOTIFICATION = 200

/**
 * SQL that tells open pages, at the commit, that jobs changed, as part of the statement that changes
 * them. Hints only: ids, no data.
 * @param changed a table of that statement with their `id`
 */
export function announced(changed: string): Prisma.Sql {
  return Prisma.raw(`
    SELECT pg_notify('${CHANGES_CHANNEL}', string_agg(id::text, ',')) FROM (
      SELECT id, (row_number() OVER () - 1) / ${IDS_PER_NOTIFICATION} AS part FROM ${changed}
    ) parts GROUP BY part`)
}
