import { Prisma } from '@/lib/db/generated/client'
import { hasStatus } from './status'

/**
 * SQL that says after which turn jobs come that begin to wait: after the last of their owner's jobs in
 * the queue, or with the one that runs now, whichever is later (start-time fair queueing).
 * @param jobs a table of the statement with `queue` and `ownerId`
 * @returns a SELECT of `queue`, `ownerId` and `last`
 */
export function lastTurns(jobs: string): Prisma.Sql {
  return Prisma.raw(`
    SELECT queue, "ownerId", GREATEST(
      (SELECT max(turn) FROM "Job" job WHERE job."endedAs" IS NULL AND job."waitsAs" IS NULL
        AND job.queue = owners.queue AND job."ownerId" = owners."ownerId"),
      (SELECT max(turn) - 1 FROM "Job" job WHERE ${hasStatus('ACTIVE')} AND job.queue = owners.queue),
      0) AS last
    FROM (SELECT DISTINCT queue, "ownerId" FROM ${jobs}) owners`)
}
