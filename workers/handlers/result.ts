import type { Readable } from 'node:stream'
import { v7 as uuidv7 } from 'uuid'
import { prisma } from '@/lib/db/prisma'
import type { FileRecord } from '@/lib/files/view'
import { resultKey } from '@/lib/storage/keys'
import { storage } from '@/lib/storage/storage'

type Result = {
  jobId: string
  ownerId: string
  /** As people will save it, e.g. `beach-resized.webp`. */
  name: string
  contentType: string
  /** In pixels, for images. */
  width?: number
  height?: number
  content: Readable
  signal?: AbortSignal
}

/**
 * Stores what a job made. Every attempt of the job writes the same key and the same record, so
 * exactly one result is left however often it ran.
 * @throws {StorageError} when the bytes cannot be stored; another attempt may succeed
 */
export async function storeResult(result: Result): Promise<FileRecord> {
  const { jobId, ownerId, name, contentType, signal } = result
  const storageKey = resultKey(jobId)
  const bytes = await storage().put(storageKey, result.content, {
    contentType,
    ...(signal ? { signal } : {}),
  })
  const described = {
    name,
    contentType,
    bytes,
    width: result.width ?? null,
    height: result.height ?? null,
  }
  return prisma().file.upsert({
    where: { jobId },
    create: { id: uuidv7(), ownerId, kind: 'RESULT', jobId, storageKey, ...described },
    update: described,
  })
}
