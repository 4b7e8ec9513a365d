import { Prisma } from '@/lib/db/generated/client'
import { hasStatus } from './status'

/**
 * SQL: the job is in line: it could run, runs, or does so within a minute of its enqueueing, as the
 * jobs of a staggered batch do. What waits for longer holds up nothing that its owner adds meanwhile,
 * nor does what a pause holds, which has no turn.
 */
const IN_LINE = `job.turn > 0 AND job."endedAs" IS NULL AND (job."waitsAs" IS NULL
    OR (job."waitsAs" = 'SCHEDULED' AND job."runAt" - job."createdAt" <= interval '1 minute'))`

/**
 * SQL that says after which turn jobs come that begin to wait: after the last of their owner's jobs in
 * line; with the first of all that wait as urgently, or the one that runs now, where that is later
 * (start-time fair queueing).
 * @param jobs a table of the statement with `queue`, `ownerId` and `priority`
 * @returns a SELECT of these three and `last`; MATERIALIZED, or it is asked for each job, not for each owner
 */
export function lastTurns(jobs: string): Prisma.Sql {
  return Prisma.raw(`
    SELECT queue, "ownerId", priority, GREATEST(
      (SELECT max(turn) FROM "Job" job WHERE ${IN_LINE}
        AND job.queue = comers.queue AND job."ownerId" = comers."ownerId"),
      (SELECT min(turn) - 1 FROM "Job" job WHERE ${IN_LINE}
        AND job.queue = comers.queue AND job.priority = comers.priority),
      (SELECT max(turn) - 1 FROM "Job" job WHERE ${hasStatus('ACTIVE')} AND job.queue = comers.queue),
      0) AS last
    FROM (SELECT DISTINCT queue, "ownerId", priority FROM ${jobs}) comers`)
}
