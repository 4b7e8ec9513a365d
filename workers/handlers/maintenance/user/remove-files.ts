import { prisma } from '@/lib/db/prisma'
import { removeLeftovers } from '@/lib/files/leftovers'
import { storage } from '@/lib/storage/storage'
import type { Person, Slice } from './removal-steps'

/** Files per slice: their bytes are removed one by one. */
const FILES = 100
/** Files whose bytes are removed at once. */
const AT_ONCE = 20

/**
 * Removes a slice of somebody's files. Bytes go first, so that a failure in between leaves records
 * to find them by again. Those of jobs that were removed before go along.
 * @throws {StorageError} when the bytes cannot be removed
 */
export async function removeFiles({ id: ownerId }: Person): Promise<Slice> {
  const files = await prisma().file.findMany({
    where: { ownerId },
    orderBy: { id: 'desc' },
    take: FILES,
    select: { id: true, storageKey: true },
  })
  for (let start = 0; start < files.length; start += AT_ONCE) {
    const some = files.slice(start, start + AT_ONCE)
    await Promise.all(some.map(({ storageKey }) => storage().remove(storageKey)))
  }
  const ids = files.map(({ id }) => id)
  await prisma().file.deleteMany({ where: { id: { in: ids } } })
  await removeLeftovers()
  return { done: files.length, next: files.length === FILES ? 'more' : null }
}
