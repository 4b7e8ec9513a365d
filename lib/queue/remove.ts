import { logger } from '@/lib/telemetry/logger'
import { byQueue } from './by-queue'
import { removeEntries } from './entries'

/**
 * Takes the entries of ended jobs out of their queues, in the background. The record is the truth:
 * an entry that stays is dropped when a worker meets it, or found by the reconciler.
 */
export function removeEntriesSoon(entries: { id: string; queue: string }[]): void {
  removeAll(entries).catch((error: unknown) => {
    logger('queue').debug({ err: error }, 'The queue kept entries of ended jobs')
  })
}

async function removeAll(entries: { id: string; queue: string }[]): Promise<void> {
  for (const [queue, ofQueue] of byQueue(entries)) {
    await removeEntries(
      queue,
      ofQueue.map(({ id }) => id),
    )
  }
}
