import type { Viewer } from '@/lib/access/viewer'
import { auditOthers } from '@/lib/audit/audit'
import { transaction } from '@/lib/db/transaction'
import { notFound } from '@/lib/errors/app-error'
import { requireUnneeded } from '@/lib/files/needed'
import { getFile } from '@/lib/files/read'
import { removeBytes } from './remove-bytes'

/**
 * Deletes a file the viewer may see: the record first, then the bytes.
 * @throws {AppError} `not_found`, or `conflict` while a job that has not ended needs the file
 */
export async function deleteFile(viewer: Viewer, id: string): Promise<void> {
  const file = await getFile(viewer, id)
  await requireUnneeded(file)
  await transaction(async (tx) => {
    const { count } = await tx.file.deleteMany({ where: { id } })
    if (count === 0) throw notFound('This file')
    await auditOthers(tx, viewer, file.ownerId, 'file.delete', { type: 'file', id })
  })
  await removeBytes(file.storageKey)
}
