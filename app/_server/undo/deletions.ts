import { chosenIds } from '@/app/_server/jobs/selected'
import { ownedBy, type Viewer } from '@/lib/access/viewer'
import { audit, auditOthers } from '@/lib/audit/audit'
import { type Deleted, Prisma } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { requireUnneeded } from '@/lib/files/needed'
import { getFile } from '@/lib/files/read'
import { eligible } from '@/lib/jobs/bulk/action'
import { matching } from '@/lib/jobs/lists/matching'
import { getJob } from '@/lib/jobs/read'
import { UNDO_MS } from './undo'

/** An Undo at the last moment is still on its way then, in milliseconds. */
const MARGIN_MS = 2_000

const SELECTED = { type: 'jobs', id: 'selected' }

/**
 * Deletes an ended job once the time for an Undo is over, whatever becomes of this process; until then
 * it is all there.
 * @throws {AppError} `not_found`; `conflict` while it has not ended
 */
export async function deleteJobSoon(
  viewer: Viewer,
  id: string,
  { keepFiles = false } = {},
): Promise<void> {
  await transaction(async (tx) => {
    const job = await getJob(viewer, id, tx)
    if (!job.endedAs) {
      throw new AppError('conflict', 'Only ended jobs can be deleted. Cancel this one first.')
    }
    await write(tx, 'JOB', [id], keepFiles)
    await auditOthers(tx, viewer, job.ownerId, 'job.delete', { type: 'job', id })
  })
}

/** The same for those of the chosen jobs that the viewer may see and that have ended; their ids. */
export async function deleteSelectedSoon(
  viewer: Viewer,
  chosen: readonly string[],
  { keepFiles = false } = {},
): Promise<string[]> {
  const ended = [...eligible('delete'), Prisma.sql`job.id = ANY(${chosenIds(chosen)}::uuid[])`]
  return transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT job.id ${matching(viewer, {}, { conditions: ended })}`)
    const ids = rows.map(({ id }) => id)
    await write(tx, 'JOB', ids, keepFiles)
    await audit(tx, viewer, 'jobs.delete-selected', SELECTED, { ids, changed: ids.length })
    return ids
  })
}

/**
 * The same for a file.
 * @throws {AppError} `not_found`, or `conflict` while a job that has not ended needs it
 */
export async function deleteFileSoon(viewer: Viewer, id: string): Promise<void> {
  const file = await getFile(viewer, id)
  await requireUnneeded(file)
  await transaction(async (tx) => {
    await write(tx, 'FILE', [id])
    await auditOthers(tx, viewer, file.ownerId, 'file.delete', { type: 'file', id })
  })
}

/**
 * Keeps jobs and files that were to be deleted.
 * @returns how many
 * @throws {AppError} `conflict` when all are gone already
 */
export async function undelete(viewer: Viewer, wanted: readonly string[]): Promise<number> {
  const where = { id: { in: chosenIds(wanted) }, ...ownedBy(viewer) }
  const select = { id: true }
  const [jobs, files] = await Promise.all([
    prisma().job.findMany({ where, select, take: wanted.length }),
    prisma().file.findMany({ where, select, take: wanted.length }),
  ])
  const ids = [...jobs, ...files].map(({ id }) => id)
  return transaction(async (tx) => {
    const { count } = await tx.deletion.deleteMany({ where: { id: { in: ids } } })
    if (count === 0) throw new AppError('conflict', 'It is too late: it is deleted.')
    await audit(tx, viewer, 'jobs.delete-undo', SELECTED, { ids, changed: count })
    return count
  })
}

/** Those of these jobs and files that are about to be deleted. */
export async function deletingOf(ids: readonly string[]): Promise<Set<string>> {
  const rows = await prisma().deletion.findMany({ where: { id: { in: [...ids] } } })
  return new Set(rows.map(({ id }) => id))
}

async function write(tx: Database, kind: Deleted, ids: string[], keepFiles = false): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Deletion" (id, kind, at, "keepFiles")
    SELECT id, ${kind}::"Deleted", now() + ${UNDO_MS + MARGIN_MS} * interval '1 millisecond', ${keepFiles}
    FROM unnest(${ids}::uuid[]) AS one (id)
    ON CONFLICT (id) DO UPDATE SET at = excluded.at, "keepFiles" = excluded."keepFiles"`
}
