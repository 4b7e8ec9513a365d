import { prisma } from '@/lib/db/prisma'
import { storage } from '@/lib/storage/storage'
import { logger } from '@/lib/telemetry/logger'

/** Files whose bytes are removed at once. */
const AT_ONCE = 20

/**
 * Removes from storage the bytes whose records are gone. They are written down when their records
 * go, and struck off when they have gone themselves: a failure in between loses none.
 * @throws {StorageError} when some cannot be removed; the next call tries again
 */
export async function removeLeftovers(): Promise<void> {
  for (;;) {
    const leftovers = await prisma().leftoverBytes.findMany({ take: AT_ONCE })
    if (leftovers.length === 0) return
    const keys = leftovers.map(({ storageKey }) => storageKey)
    await Promise.all(keys.map((key) => storage().remove(key)))
    await prisma().leftoverBytes.deleteMany({ where: { storageKey: { in: keys } } })
  }
}

let isRemoving = false

/** Does the same in the background, once at a time; what fails is left to retention. */
export function removeLeftoversSoon(): void {
  if (isRemoving) return
  isRemoving = true
  removeLeftovers()
    .catch((error: unknown) => {
      logger('files').warn({ err: error }, 'Bytes without a record could not be removed yet')
    })
    .finally(() => {
      isRemoving = false
    })
}
