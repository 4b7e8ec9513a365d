import type { Viewer } from '@/lib/access/viewer'
import { auditOthers } from '@/lib/audit/audit'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError, notFound } from '@/lib/errors/app-error'
import { getFile } from '@/lib/files/read'
import type { FileRecord } from '@/lib/files/view'
import { removeBytes } from './remove-bytes'

/**
 * Deletes a file the viewer may see: the record first, then the bytes.
 * @throws {AppError} `not_found`, or `conflict` while a job that has not ended needs the file
 */
export async function deleteFile(viewer: Viewer, id: string): Promise<void> {
  const file = await getFile(viewer, id)
  const job = await jobThatNeeds(file)
  if (job) {
    throw new AppError(
      'conflict',
      `“${job.title}” still needs this file. Wait until the job has ended, or cancel it.`,
    )
  }
  await transaction(async (tx) => {
    const { count } = await tx.file.deleteMany({ where: { id } })
    if (count === 0) throw notFound('This file')
    await auditOthers(tx, viewer, file.ownerId, 'file.delete', { type: 'file', id })
  })
  await removeBytes(file.storageKey)
}

/** A job reads its owner's files only; the system's own jobs may read any. */
async function jobThatNeeds({ id, ownerId }: FileRecord): Promise<{ title: string } | null> {
  return prisma().job.findFirst({
    where: {
      endedAs: null,
      AND: [
        { OR: [{ ownerId }, { ownerId: null }] },
        {
          OR: [
            { input: { path: ['fileId'], equals: id } },
            { input: { path: ['operations'], array_contains: [{ fileId: id }] } },
          ],
        },
      ],
    },
    select: { title: true },
  })
}
