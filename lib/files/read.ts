import type { Readable } from 'node:stream'
import { ownedBy, type Viewer } from '@/lib/access/viewer'
import type { Page, PageRequest } from '@/lib/db/page'
import { foundById, newestFirst, pageById } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { storage } from '@/lib/storage/storage'
import { storageAppError } from './storage-app-error'
import type { FileRecord, FileView } from './view'

/** Files the viewer may see, newest first. */
export async function listFiles(
  viewer: Viewer,
  { kind, ...page }: PageRequest & { kind?: FileView['kind'] | undefined },
): Promise<Page<FileRecord>> {
  const ofKind = kind ? ({ kind: kind === 'upload' ? 'UPLOAD' : 'RESULT' } as const) : {}
  const rows = await prisma().file.findMany(newestFirst(page, { ...ownedBy(viewer), ...ofKind }))
  return pageById(rows, page)
}

/**
 * A file the viewer may see.
 * @throws {AppError} `not_found`, also for a file of somebody else
 */
export async function getFile(viewer: Viewer, id: string): Promise<FileRecord> {
  const where = { id, ...ownedBy(viewer) }
  return foundById(id, 'This file', () => prisma().file.findFirst({ where }))
}

/**
 * A file the viewer may see, and its bytes. The caller reads the stream to its end or destroys it.
 * @throws {AppError} `not_found`, or `unavailable` when the storage does not answer
 */
export async function openFile(
  viewer: Viewer,
  id: string,
  options: { signal?: AbortSignal } = {},
): Promise<{ file: FileRecord; stream: Readable }> {
  const file = await getFile(viewer, id)
  try {
    return { file, stream: await storage().get(file.storageKey, options) }
  } catch (error) {
    throw storageAppError(error)
  }
}

/**
 * A file for a job's handler: the owner's own, or anybody's for the system's jobs.
 * @returns null when it is gone or somebody else's
 */
export async function fileForJob(id: string, ownerId: string | null): Promise<FileRecord | null> {
  return prisma().file.findFirst({ where: { id, ...(ownerId ? { ownerId } : {}) } })
}

/** The name of the file that a job made, while it is there. */
export function fileMadeBy(jobId: string): Promise<Pick<FileRecord, 'name'> | null> {
  return prisma().file.findUnique({ where: { jobId }, select: { name: true } })
}
