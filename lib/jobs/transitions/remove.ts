import type { Viewer } from '@/lib/access/viewer'
import { auditOthers } from '@/lib/audit/audit'
import { announced } from '@/lib/db/announce'
import { type Job, Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { afterCommit, transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { removeLeftoversSoon } from '@/lib/files/leftovers'
import { removeEntriesSoon } from '@/lib/queue/remove'
import { tellBeforeRemoval } from '../endings/follow'
import { getJob } from '../read'
import { statusWords } from '../status'
import type { Changed } from './one'

/** Most jobs removed together: attempts and logs of each, thousands of lines, go with them. */
export const REMOVED_TOGETHER = 100

/** `bytes` of the file that it made, and that went with it. */
type Removed = Changed & { bytes: number | null }

/**
 * Removes those of the jobs that have ended: their attempts, logs and mails with them, and the files
 * they made. Whoever was to hear of their ends is told first. Bytes are written down here, and leave storage after the commit.
 * @param ids at most `REMOVED_TOGETHER`; the caller has checked whose they are
 * @param open also those that have not ended: they leave the queue, and an attempt that runs is not recorded
 * @returns those that are gone
 */
export async function removeJobs(
  tx: Database,
  ids: string[],
  { keepFiles = false, open = false } = {},
): Promise<Removed[]> {
  await tx.$queryRaw(Prisma.sql`
    SELECT id FROM "Job" WHERE id = ANY(${ids}::uuid[]) AND "endedAs" IS NOT NULL ORDER BY id FOR UPDATE`)
  await tellBeforeRemoval(tx, ids)
  const gone = await tx.$queryRaw<Removed[]>(Prisma.sql`
    WITH chosen AS (
      SELECT id, queue, status AS was FROM "Job"
      WHERE id = ANY(${ids}::uuid[]) AND ("endedAs" IS NOT NULL OR ${open})
      ORDER BY id FOR UPDATE
    ), files AS (
      DELETE FROM "File" file USING chosen WHERE file."jobId" = chosen.id AND NOT ${keepFiles}
      RETURNING file."jobId", file."storageKey", file.bytes
    ), leftover AS (
      INSERT INTO "LeftoverBytes" ("storageKey") SELECT "storageKey" FROM files
      ON CONFLICT DO NOTHING
    ), gone AS (
      DELETE FROM "Job" job USING chosen WHERE job.id = chosen.id RETURNING job.id
    ), announced AS (${announced('gone')})
    SELECT chosen.*, files.bytes, (SELECT count(*)::int FROM announced) AS announcements
    FROM chosen JOIN gone USING (id) LEFT JOIN files ON files."jobId" = chosen.id ORDER BY id`)
  afterCommit(tx, () => {
    removeEntriesSoon(gone)
    if (gone.some(({ bytes }) => bytes !== null)) removeLeftoversSoon()
  })
  return gone
}

/**
 * Deletes an ended job, as `removeJobs` does, and answers what it was; the file it made stays unless
 * `deleteFiles` says otherwise.
 * @throws {AppError} `not_found`; `conflict` while it has not ended
 */
export function removeJob(viewer: Viewer, id: string, { deleteFiles = false } = {}): Promise<Job> {
  return transaction(async (tx) => {
    const job = await getJob(viewer, id, tx)
    const [gone] = await removeJobs(tx, [id], { keepFiles: !deleteFiles })
    if (!gone) {
      const state = statusWords[job.status].label.toLowerCase()
      throw new AppError(
        'conflict',
        `Only ended jobs can be deleted; this one is ${state}. Cancel it first.`,
      )
    }
    await auditOthers(tx, viewer, job.ownerId, 'job.delete', { type: 'job', id })
    return job
  })
}
