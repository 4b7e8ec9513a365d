import type { Viewer } from '@/lib/access/viewer'
import { announced, CANCEL_CHANNEL } from '@/lib/db/announce'
import { type Job, Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { afterCommit } from '@/lib/db/transaction'
import { removeEntriesSoon } from '@/lib/queue/remove'
import { noteOf } from '../endings/note'
import { isTerminal, statusWords } from '../status'
import { type Audited, type Changed, changeOne } from './one'

/** What became of a job that was canceled: it has ended, or its last attempt is told to stop. */
export type Cancellation = 'canceled' | 'canceling'

/** What the records of canceled jobs say of it, as an error with the code `removed`. */
type Removed = { message: string; byId: string }

/** SQL: those that ended; no attempt did, so there are no times of it. */
const ENDED_WAITING = `
  SELECT *, NULL::float8 AS "waitedMs", NULL::float8 AS "ranMs" FROM changed WHERE status = 'CANCELED'`

/**
 * Cancels those of the jobs that have not ended: what waits ends now, what runs is told to stop,
 * wherever it runs, and never runs again.
 * @param ids at most a slice; the caller has checked whose they are
 * @returns those that were canceled; not those that are being stopped already
 */
export async function cancelJobs(
  tx: Database,
  ids: string[],
  removed?: Removed,
): Promise<Changed[]> {
  const error = removed && JSON.stringify({ name: 'Removed', code: 'removed', ...removed })
  const line = removed?.message ?? null
  const changed = await tx.$queryRaw<(Changed & Pick<Job, 'status'>)[]>(Prisma.sql`
    WITH open AS (
      SELECT id, status AS was, "cancelRequestedAt" FROM "Job"
      WHERE id = ANY(${ids}::uuid[]) AND "endedAs" IS NULL
      ORDER BY id FOR UPDATE
    ), changed AS (
      UPDATE "Job" job SET
        status = CASE open.was WHEN 'ACTIVE' THEN open.was ELSE 'CANCELED' END,
        "cancelRequestedAt" = CASE open.was WHEN 'ACTIVE' THEN now() ELSE job."cancelRequestedAt" END,
        "finishedAt" = CASE open.was WHEN 'ACTIVE' THEN NULL ELSE now() END,
        "nextAttemptAt" = NULL,
        error = COALESCE(${error ?? null}::jsonb, job.error)
      FROM open
      WHERE job.id = open.id AND (open.was <> 'ACTIVE' OR open."cancelRequestedAt" IS NULL)
      RETURNING job.id, job."ownerId", job.queue, job.type, job.status, job.attempt, open.was
    ), logged AS (
      INSERT INTO "JobLog" ("jobId", attempt, level, message)
      SELECT id, attempt, 'WARN', ${line}::text FROM changed WHERE ${line}::text IS NOT NULL
    ), noted AS (
      ${Prisma.raw(noteOf(ENDED_WAITING))}
    ), withdrawn AS (
      DELETE FROM "PendingDispatch" pending USING changed
      WHERE pending."jobId" = changed.id AND changed.status = 'CANCELED'
    ), stopped AS (
      SELECT pg_notify(${CANCEL_CHANNEL}, id::text) FROM open WHERE was = 'ACTIVE'
    ), announced AS (${announced('changed')})
    SELECT id, queue, status, was, (SELECT count(*)::int FROM stopped) AS stopped,
      (SELECT count(*)::int FROM announced) AS announcements
    FROM changed ORDER BY id`)
  const ended = changed.filter(({ status }) => status === 'CANCELED')
  afterCommit(tx, () => removeEntriesSoon(ended))
  return changed
}

/**
 * Cancels a job, as `cancelJobs` does; one that is canceled already, or being stopped, stays so.
 * @throws {AppError} `not_found`; `conflict` when it has completed or failed
 */
export async function cancelJob(
  viewer: Viewer,
  id: string,
  { removed, audited }: { removed?: Removed; audited?: Audited } = {},
): Promise<{ job: Job; cancel: Cancellation }> {
  const job = await changeOne(viewer, id, {
    action: 'job.cancel',
    audited,
    change: (tx, ids) => cancelJobs(tx, ids, removed),
    refusal: ({ status }) =>
      isTerminal(status) && status !== 'CANCELED'
        ? `This job has ended (${statusWords[status].label.toLowerCase()}): there is nothing left to cancel.`
        : undefined,
  })
  return { job, cancel: job.status === 'CANCELED' ? 'canceled' : 'canceling' }
}
