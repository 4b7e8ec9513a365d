import { storage } from '@/lib/storage/storage'
import { logger } from '@/lib/telemetry/logger'

/** Removes bytes no record points to; a failure costs room only, so it is logged and no more. */
export async function removeBytes(storageKey: string): Promise<void> {
  try {
    await storage().remove(storageKey)
  } catch (error) {
    logger('files').warn({ err: error, storageKey }, 'Bytes without a record could not be removed')
  }
}
