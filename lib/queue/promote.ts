import { logger } from '@/lib/telemetry/logger'
import { promoteEntries } from './entries'

/** Entries promoted at the same time. */
const AT_ONCE = 50

/**
 * Lets entries that wait for their time run now, in the background. The record is the truth: the
 * reconciler finds what still waits.
 */
export function promoteEntriesSoon(entries: { id: string; queue: string }[]): void {
  promoteAll(entries).catch((error: unknown) => {
    logger('queue').debug({ err: error }, 'The queue still holds back jobs that are due')
  })
}

async function promoteAll(entries: { id: string; queue: string }[]): Promise<void> {
  for (const name of new Set(entries.map(({ queue }) => queue))) {
    const ids = entries.flatMap(({ id, queue }) => (queue === name ? id : []))
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      await promoteEntries(name, ids.slice(start, start + AT_ONCE))
    }
  }
}
