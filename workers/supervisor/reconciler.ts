import { withLease } from '@/lib/db/lease'
import { queuesReachable } from '@/lib/queue/backend'
import { logger } from '@/lib/telemetry/logger'
import { COMPARISON, comparePage, DUE_STATUSES } from './compare'
import { removeSurplus } from './surplus'
import { createSweep, type Swept } from './sweep'

/** How often records and queues are compared, in milliseconds. */
export const RECONCILE_INTERVAL_MS = 30_000

/**
 * Longest that each of the three sweeps goes on within one run; the next run goes on where it stopped,
 * and comes at once when much is to be repaired. What is due has a sweep of its own: however many jobs wait for their time, it does not wait for them.
 */
const SHARE_MS = 3_000

/**
 * Compares records with queues, one process at a time. Handed over but unknown to the queue: handed
 * over again. Ended here but still in the queue: removed there. Due here but put off in the queue: let
 * run.
 * @param shareMs longest that each part of a comparison takes
 * @returns a function that makes one comparison and answers how many repairs it made, and whether it
 * came to the end of each part; its signal breaks it off
 */
export function createReconciler(
  queueNames: readonly string[],
  shareMs = SHARE_MS,
): (stopping?: AbortSignal) => Promise<Swept> {
  const sweeps = [
    createSweep(DUE_STATUSES.map((status) => (from) => comparePage(status, from, 'entry_missing'))),
    createSweep([(from) => comparePage('SCHEDULED', from, 'entry_missing')]),
    createSweep(queueNames.map((name) => (from) => removeSurplus(name, from))),
  ]
  return async (stopping) => {
    const nothing = { repaired: 0, whole: true }
    if (!queuesReachable()) return nothing
    const swept = await withLease(COMPARISON, async (renew) => {
      const sum = { ...nothing }
      for (const sweep of sweeps) {
        const end = performance.now() + shareMs
        const mayGoOn = async () => performance.now() < end && !stopping?.aborted && renew()
        const { repaired, whole } = await sweep(mayGoOn)
        sum.repaired += repaired
        sum.whole &&= whole
      }
      return sum
    })
    if (swept?.repaired) {
      logger('reconciler').warn({ repairs: swept.repaired }, 'Records and queues differed')
    }
    return swept ?? nothing
  }
}
