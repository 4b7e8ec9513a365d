import type { Viewer } from '@/lib/access/viewer'
import { announced } from '@/lib/db/announce'
import { type Job, Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { untilNoCollision } from '@/lib/db/savepoint'
import { afterCommit } from '@/lib/db/transaction'
import type { QueueEntry } from '@/lib/queue/entries'
import { definitions } from '../catalog'
import { REDACTED } from '../redacted'
import { statusWords } from '../status'
import { lastTurns } from '../turn'
import { dispatchSoon } from './dispatch'
import { type Audited, type Changed, changeOne } from './one'
import { startsFrom, type table } from './table'

/**
 * Runs those of the jobs that failed or were canceled again, each with as many new attempts as its type
 * allows. Each takes its turn as a new job of its owner would: a million old jobs hold up nobody's few.
 * Left alone are jobs whose work is under way already, as another job, and those whose input was
 * removed with their owner's data.
 * @param ids at most a slice; the caller has checked whose they are
 * @param statuses those in one of these alone
 * @param atTheirTime those whose time is yet to come wait for it, as before they were canceled
 * @returns those that run again
 */
export async function retryJobs(
  tx: Database,
  ids: string[],
  statuses: readonly (keyof (typeof table)['retry'])[] = ['FAILED', 'CANCELED'],
  atTheirTime = false,
): Promise<Changed[]> {
  const attempts = JSON.stringify(
    Object.fromEntries(definitions.map((definition) => [definition.type, definition.attempts])),
  )
  const retry = Prisma.sql`
    WITH ended AS (
      SELECT id, "dedupeKey", queue, "ownerId", priority, status AS was FROM "Job"
      WHERE id = ANY(${ids}::uuid[]) AND status = ANY(${statuses}::"JobStatus"[])
        AND "inputHash" <> ${REDACTED}
      ORDER BY id FOR UPDATE
    ), single AS (
      SELECT DISTINCT ON (COALESCE("dedupeKey", id::text)) id, queue, "ownerId", priority, was FROM ended
      WHERE "dedupeKey" IS NULL OR NOT EXISTS (
        SELECT 1 FROM "Job" duplicate WHERE duplicate."dedupeKey" = ended."dedupeKey"
          AND duplicate."endedAs" IS NULL)
      ORDER BY COALESCE("dedupeKey", id::text), id
    ), ${lastTurns('single')}, placed AS (
      SELECT single.id, single.was, line.last
        + row_number() OVER (PARTITION BY single.queue, single."ownerId" ORDER BY single.id) AS turn
      FROM single JOIN line
        ON line.queue = single.queue AND line."ownerId" IS NOT DISTINCT FROM single."ownerId"
          AND line.priority = single.priority
    ), changed AS (
      UPDATE "Job" job SET
        status = CASE WHEN ${atTheirTime} AND job."runAt" > now() THEN 'SCHEDULED' ELSE 'QUEUED' END::"JobStatus",
        turn = placed.turn, "runAt" = CASE WHEN ${atTheirTime} THEN job."runAt" ELSE LEAST(job."runAt", now()) END,
        "maxAttempts" = job.attempt + COALESCE((${attempts}::jsonb ->> job.type)::int, 1),
        "waitingSince" = now(), "startedAt" = NULL, "finishedAt" = NULL, "nextAttemptAt" = NULL,
        "cancelRequestedAt" = NULL, progress = NULL
      FROM placed WHERE job.id = placed.id
      RETURNING job.id, job.type, job.queue, job.priority, job.turn, job.attempt,
        job."maxAttempts", placed.was,
        GREATEST(0, EXTRACT(EPOCH FROM job."runAt" - now()) * 1000)::float8 AS "delayMs"
    ), pending AS (
      INSERT INTO "PendingDispatch" ("jobId", priority, turn) SELECT id, priority, turn FROM changed
      ON CONFLICT DO NOTHING
    ), announced AS (${announced('changed')})
    SELECT *, (SELECT count(*)::int FROM announced) AS announcements
    FROM changed ORDER BY id`
  // The same work may be enqueued, or retried, at this very moment.
  const changed = await untilNoCollision(tx, () => tx.$queryRaw<(Changed & QueueEntry)[]>(retry))
  afterCommit(tx, () => dispatchSoon(changed))
  return changed
}

/**
 * Runs a failed or canceled job again, as `retryJobs` does.
 * @throws {AppError} `not_found`; `conflict` when it has not failed or been canceled, its input was
 * removed, or the same work is under way
 */
export function retryJob(viewer: Viewer, id: string, audited?: Audited): Promise<Job> {
  const change = (tx: Database, ids: string[]) => retryJobs(tx, ids)
  return changeOne(viewer, id, { action: 'job.retry', audited, change, refusal: whyNot })
}

async function whyNot(job: Job, tx: Database): Promise<string> {
  const { status, inputHash, dedupeKey, cancelRequestedAt } = job
  if (inputHash === REDACTED) return 'What this job was to do was removed with its owner’s data.'
  if (status === 'ACTIVE' && cancelRequestedAt) {
    return 'This job is active and being canceled. Retry it once it is canceled.'
  }
  if (!startsFrom('retry', status)) {
    const next = status === 'COMPLETED' ? 'Duplicate it instead.' : 'Cancel it first.'
    const state = statusWords[status].label.toLowerCase()
    return `Only failed or canceled jobs can be retried; this one is ${state}. ${next}`
  }
  const duplicate = await tx.job.findFirst({
    where: { dedupeKey, endedAs: null },
    select: { id: true },
  })
  return duplicate
    ? `The same work is already under way as job ${duplicate.id}.`
    : 'The same work was under way as another job. Try again.'
}
