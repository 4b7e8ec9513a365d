import { Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { afterCommit } from '@/lib/db/transaction'
import { countEndings } from '@/lib/metrics/endings'
import { dispatchSoon } from '@/lib/queue/dispatch'
import type { QueueEntry } from '@/lib/queue/entries'
import { removeEntriesSoon } from '@/lib/queue/remove'
import { announce, CANCEL_CHANNEL } from './announce'
import { definitions } from './catalog'
import { EMPTIED } from './emptied'

/** Most jobs changed in one transaction: their rows stay locked until it ends. */
export const SLICE = 1_000

/**
 * Stops those of the jobs that have not ended, as `cancelJob` stops one; the others stay as they are.
 * @param ids at most `SLICE`; the caller has checked whose they are
 * @returns how many were stopped, or told to stop
 */
export async function cancelJobs(tx: Database, ids: string[]): Promise<number> {
  const changed = await tx.$queryRaw<{ id: string; queue: string; status: string }[]>(Prisma.sql`
    WITH open AS (
      SELECT id FROM "Job"
      WHERE id = ANY(${ids}::uuid[]) AND status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING')
      ORDER BY id FOR UPDATE
    )
    UPDATE "Job" job SET
      status = CASE job.status WHEN 'ACTIVE' THEN job.status ELSE 'CANCELED' END,
      "cancelRequestedAt" = CASE job.status WHEN 'ACTIVE'
        THEN COALESCE(job."cancelRequestedAt", now()) ELSE job."cancelRequestedAt" END,
      "finishedAt" = CASE job.status WHEN 'ACTIVE' THEN NULL ELSE now() END,
      "nextAttemptAt" = NULL
    FROM open WHERE job.id = open.id
    RETURNING job.id, job.queue, job.status`)
  const running = changed.filter(({ status }) => status === 'ACTIVE').map(({ id }) => id)
  await tx.$executeRaw`
    SELECT pg_notify(${CANCEL_CHANNEL}, id) FROM unnest(${running}::text[]) AS running(id)`
  await announce(
    tx,
    changed.map(({ id }) => id),
  )
  const ended = changed.filter(({ status }) => status !== 'ACTIVE')
  await countEndings(
    tx,
    ended.map(({ id }) => id),
  )
  afterCommit(tx, () => removeEntriesSoon(ended))
  return changed.length
}

/**
 * Runs those of the jobs that failed again, as `retryJob` does with one. A job whose work is under
 * way already, as another job, is left alone.
 * @param ids at most `SLICE`; the caller has checked whose they are
 * @returns how many run again
 */
export function retryFailedJobs(tx: Database, ids: string[]): Promise<number> {
  return retryJobs(tx, ids, ['FAILED'])
}

/**
 * Runs those of the jobs that ended in one of these statuses again, unless their input was removed
 * with their owner's data. Each takes its turn anew, as a
 * new job of its owner would: a million old jobs hold up nobody's few.
 * @param ids at most `SLICE`; the caller has checked whose they are
 * @returns how many run again
 */
export async function retryJobs(
  tx: Database,
  ids: string[],
  statuses: readonly ('FAILED' | 'CANCELED')[],
): Promise<number> {
  const attempts = JSON.stringify(
    Object.fromEntries(definitions.map((definition) => [definition.type, definition.attempts])),
  )
  const changed = await tx.$queryRaw<Omit<QueueEntry, 'delayMs'>[]>(Prisma.sql`
    WITH ended AS (
      SELECT id, "dedupeKey", queue, "ownerId" FROM "Job"
      WHERE id = ANY(${ids}::uuid[]) AND status = ANY(${statuses}::"JobStatus"[])
        AND "inputHash" <> ${EMPTIED}
      ORDER BY id FOR UPDATE
    ), single AS (
      SELECT DISTINCT ON (COALESCE("dedupeKey", id::text)) id, queue, "ownerId" FROM ended
      WHERE "dedupeKey" IS NULL OR NOT EXISTS (
        SELECT 1 FROM "Job" twin WHERE twin."dedupeKey" = ended."dedupeKey"
          AND twin.status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING'))
      ORDER BY COALESCE("dedupeKey", id::text), id
    ), line AS (
      SELECT queue, "ownerId", GREATEST(
        (SELECT max(turn) FROM "Job" job WHERE job.status = 'QUEUED'
          AND job.queue = owners.queue AND job."ownerId" = owners."ownerId"),
        (SELECT max(turn) FROM "Job" job WHERE job.status = 'ACTIVE' AND job.queue = owners.queue),
        0) AS last
      FROM (SELECT DISTINCT queue, "ownerId" FROM single) owners
    ), placed AS (
      SELECT single.id, line.last
        + row_number() OVER (PARTITION BY single.queue, single."ownerId" ORDER BY single.id) AS turn
      FROM single JOIN line
        ON line.queue = single.queue AND line."ownerId" IS NOT DISTINCT FROM single."ownerId"
    )
    UPDATE "Job" job SET
      status = 'QUEUED', turn = placed.turn,
      "maxAttempts" = job.attempt + COALESCE((${attempts}::jsonb ->> job.type)::int, 1),
      "dispatchedAt" = NULL, "finishedAt" = NULL, "nextAttemptAt" = NULL,
      "cancelRequestedAt" = NULL, progress = NULL
    FROM placed WHERE job.id = placed.id
    RETURNING job.id, job.type, job.queue, job.priority, job.turn, job.attempt, job."maxAttempts"`)
  await announce(
    tx,
    changed.map(({ id }) => id),
  )
  afterCommit(tx, () => dispatchSoon(changed.map((job) => ({ ...job, delayMs: 0 }))))
  return changed.length
}
