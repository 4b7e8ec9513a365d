import { withLease } from '@/lib/db/lease'
import { logger } from '@/lib/log/logger'
import { queuesReachable } from '@/lib/queue/backend'
import { COMPARISON, comparePage, DUE_STATUSES } from './compare'
import { removeSurplus } from './surplus'
import { createSweep } from './sweep'

/** How often records and queues are compared, in milliseconds. */
export const RECONCILE_INTERVAL_MS = 30_000

/**
 * Longest that each of the three sweeps goes on within one run; the next run goes on where it stopped.
 * What is due has a sweep of its own: however many jobs wait for their time, it does not wait for them.
 */
const SHARE_MS = 3_000

/**
 * Compares records with queues, one process at a time. Handed over but unknown to the queue: handed
 * over again. Ended here but still in the queue: removed there. Due here but put off in the queue: let
 * run.
 * @param shareMs longest that each part of a comparison takes
 * @returns a function that makes one comparison and answers how many repairs it made; its signal
 * breaks it off
 */
export function createReconciler(
  queueNames: readonly string[],
  shareMs = SHARE_MS,
): (stopping?: AbortSignal) => Promise<number> {
  const sweeps = [
    createSweep(DUE_STATUSES.map((status) => (from) => comparePage(status, from, 'entry_missing'))),
    createSweep([(from) => comparePage('SCHEDULED', from, 'entry_missing')]),
    createSweep(queueNames.map((name) => (from) => removeSurplus(name, from))),
  ]
  return async (stopping) => {
    if (!queuesReachable()) return 0
    const repairs = await withLease(COMPARISON, async (renew) => {
      let repaired = 0
      for (const sweep of sweeps) {
        const end = performance.now() + shareMs
        const mayGoOn = async () => performance.now() < end && !stopping?.aborted && renew()
        repaired += (await sweep(mayGoOn)).repaired
      }
      return repaired
    })
    if (repairs) logger('reconciler').warn({ repairs }, 'Records and queues differed')
    return repairs ?? 0
  }
}
