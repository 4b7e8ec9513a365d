import type { Readable } from 'node:stream'
import { validate as isUuid } from 'uuid'
import { ownedBy, type Viewer } from '@/lib/auth/viewer'
import { prisma } from '@/lib/db/prisma'
import { notFound } from '@/lib/errors/app-error'
import type { Page, PageRequest } from '@/lib/jobs/list'
import { storage } from '@/lib/storage/storage'
import { storageAppError } from './storage-app-error'
import type { FileRecord, FileView } from './view'

/** Files the viewer may see, newest first. */
export async function listFiles(
  viewer: Viewer,
  { limit, cursor, kind }: PageRequest & { kind?: FileView['kind'] | undefined },
): Promise<Page<FileRecord>> {
  const rows = await prisma().file.findMany({
    where: {
      ...ownedBy(viewer),
      ...(kind ? { kind: kind === 'upload' ? 'UPLOAD' : 'RESULT' } : {}),
      ...(cursor ? { id: { lt: cursor } } : {}),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const data = rows.slice(0, limit)
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}

/**
 * A file the viewer may see.
 * @throws {AppError} `not_found`, also for a file of somebody else
 */
export async function getFile(viewer: Viewer, id: string): Promise<FileRecord> {
  const file = isUuid(id)
    ? await prisma().file.findFirst({ where: { id, ...ownedBy(viewer) } })
    : undefined
  if (!file) throw notFound('This file')
  return file
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
