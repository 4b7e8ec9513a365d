import { logger } from '@/lib/log/logger'
import { removeEntry } from './entries'

/** Entries taken out at the same time. */
const AT_ONCE = 50

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
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    const some = entries.slice(start, start + AT_ONCE)
    await Promise.all(some.map(({ id, queue }) => removeEntry(queue, id)))
  }
}
