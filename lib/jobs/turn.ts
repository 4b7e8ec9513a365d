import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { TURNS } from '@/lib/queue/priority'

/**
 * SQL: the job is in line: it could run, runs, or does so within a minute of its enqueueing, as the
 * jobs of a staggered batch do. What waits for longer holds up nothing that its owner adds meanwhile,
 * nor does what a pause holds, which has no turn.
 */
const IN_LINE = `job.turn > 0 AND job."endedAs" IS NULL AND (job."waitsAs" IS NULL
    OR (job."waitsAs" = 'SCHEDULED' AND job."runAt" - job."createdAt" <= interval '1 minute'))`

/**
 * From this turn on a line no longer counts from the turn it is at, and so begins at 1 once it is empty:
 * the queue tells no more than `TURNS` apart.
 */
const START_OVER = TURNS / 2

/**
 * SQL: `line`, a table that says after which turn jobs come that begin to wait: after the last of their owner's jobs in
 * line; with the first of all that wait as urgently, or the turn the line is at, where that is later
 * (start-time fair queueing: virtual time never goes back while the line is busy).
 * @param jobs a table of the statement with `queue`, `ownerId` and `priority`
 * @returns it as a part of WITH, with these three and `last`; MATERIALIZED, or it is asked for each job,
 * not for each owner
 */
export function lastTurns(jobs: string): Prisma.Sql {
  return Prisma.raw(`line AS MATERIALIZED (
    SELECT queue, "ownerId", priority, GREATEST(
      (SELECT max(turn) FROM "Job" job WHERE ${IN_LINE}
        AND job.queue = comers.queue AND job."ownerId" = comers."ownerId"),
      (SELECT min(turn) - 1 FROM "Job" job WHERE ${IN_LINE}
        AND job.queue = comers.queue AND job.priority = comers.priority),
      (SELECT turn - 1 FROM "LineTurn" at WHERE at.turn < ${START_OVER}
        AND at.queue = comers.queue AND at.priority = comers.priority),
      0) AS last
    FROM (SELECT DISTINCT queue, "ownerId", priority FROM ${jobs}) comers)`)
}

/** A job as far as it tells the turn its line is at. */
export type InLine = { queue: string; priority: number; turn: number }

const NOTE_STARTED = `
INSERT INTO "LineTurn" (queue, priority, turn)
SELECT * FROM unnest($1::text[], $2::int[], $3::int[]) ORDER BY 1, 2
ON CONFLICT (queue, priority) DO UPDATE SET turn = CASE
  WHEN "LineTurn".turn < ${START_OVER} THEN GREATEST("LineTurn".turn, EXCLUDED.turn)
  ELSE EXCLUDED.turn END
`

/**
 * Notes the turn that lines are at.
 * @param started the job with the highest turn that started lately, at most one of each queue and priority
 */
export async function noteStarted(started: readonly InLine[]): Promise<void> {
  await pool().query(NOTE_STARTED, [
    started.map(({ queue }) => queue),
    started.map(({ priority }) => priority),
    started.map(({ turn }) => turn),
  ])
}
