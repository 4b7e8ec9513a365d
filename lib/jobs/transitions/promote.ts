import type { Viewer } from '@/lib/access/viewer'
import { announced } from '@/lib/db/announce'
import { type Job, Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { afterCommit } from '@/lib/db/transaction'
import { promoteEntriesSoon } from '@/lib/queue/promote'
import { statusWords } from '../status'
import { type Changed, changeOne } from './one'

type Promoted = Changed & { wasDue: Date; due: Date }

/**
 * Makes those of the jobs that wait for their time, or for their next attempt, due now, or at another
 * time.
 * @param ids at most a slice; the caller has checked whose they are
 * @returns those whose time has changed; not those that are due already
 */
export async function promoteJobs(tx: Database, ids: string[], at?: Date): Promise<Promoted[]> {
  const changed = await tx.$queryRaw<Promoted[]>(Prisma.sql`
    WITH waiting AS (
      SELECT id, status AS was, COALESCE("nextAttemptAt", "runAt") AS "wasDue",
        GREATEST(${at ?? null}::timestamptz, now()) AS due
      FROM "Job" WHERE id = ANY(${ids}::uuid[]) AND status IN ('SCHEDULED', 'RETRYING')
        AND COALESCE("nextAttemptAt", "runAt") > now()
      ORDER BY id FOR UPDATE
    ), changed AS (
      UPDATE "Job" job SET
        "runAt" = CASE waiting.was WHEN 'SCHEDULED' THEN due ELSE job."runAt" END,
        "nextAttemptAt" = CASE waiting.was WHEN 'RETRYING' THEN due END,
        status = CASE WHEN waiting.was = 'SCHEDULED' AND due <= now() THEN 'QUEUED' ELSE waiting.was END
      FROM waiting WHERE job.id = waiting.id
      RETURNING job.id, job.queue, waiting.was, waiting."wasDue", waiting.due
    ), announced AS (${announced('changed')})
    SELECT *, (SELECT count(*)::int FROM announced) AS announcements FROM changed ORDER BY id`)
  if (!at) afterCommit(tx, () => promoteEntriesSoon(changed))
  return changed
}

/**
 * Makes a job that waits for its time, or its next attempt, due now.
 * @throws as `rescheduleJob`
 */
export function promoteJob(viewer: Viewer, id: string): Promise<Job> {
  return changeDue(viewer, id, 'job.promote')
}

/**
 * Lets a job that waits for its time, or its next attempt, wait until another one. Its entry in the
 * queue is the caller's to change.
 * @throws {AppError} `not_found`; `conflict` for a job that does not wait for a time
 */
export function rescheduleJob(viewer: Viewer, id: string, at: Date): Promise<Job> {
  return changeDue(viewer, id, 'job.reschedule', at)
}

function changeDue(viewer: Viewer, id: string, action: string, at?: Date): Promise<Job> {
  return changeOne(viewer, id, {
    action,
    audited: 'all',
    change: (tx, ids) => promoteJobs(tx, ids, at),
    refusal: ({ status }) =>
      status === 'QUEUED' || status === 'RETRYING'
        ? 'This job is due already.'
        : `Only a job that waits can be changed; this one is ${statusWords[status].label.toLowerCase()}.`,
    details: ({ wasDue, due }) => ({
      before: { due: wasDue.toISOString() },
      after: { due: due.toISOString() },
    }),
  })
}
