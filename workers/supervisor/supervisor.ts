import { every } from '../loop'
import { HEARTBEAT_MS } from '../runtime/heartbeat'
import { ALERT_INTERVAL_MS, evaluateAlerts } from './alerts/evaluate'
import { DELETION_INTERVAL_MS, deleteDue } from './deletions'
import { FOLLOW_INTERVAL_MS, followEndings } from './endings'
import { NOTIFIER_INTERVAL_MS, notify } from './notifier'
import { createOrphanSearch } from './orphans'
import { createQueueLossWatch, QUEUE_WATCH_INTERVAL_MS } from './queue-loss'
import { createReconciler, RECONCILE_INTERVAL_MS } from './reconciler'
import { RELAY_INTERVAL_MS, relay } from './relay'
import { startScheduler } from './scheduler'

/**
 * Starts the loops that keep records and queues in step. Any number of processes may run them.
 * @param workerId the worker of this process, where it has one
 */
export function startSupervisor(queueNames: readonly string[], workerId?: string) {
  const reconcile = createReconciler(queueNames)
  const loops = [
    every(RELAY_INTERVAL_MS, 'relay', relay),
    every(QUEUE_WATCH_INTERVAL_MS, 'queue watch', createQueueLossWatch()),
    every(HEARTBEAT_MS, 'orphan search', createOrphanSearch(workerId)),
    every(NOTIFIER_INTERVAL_MS, 'notifier', notify),
    every(FOLLOW_INTERVAL_MS, 'following of endings', followEndings),
    every(DELETION_INTERVAL_MS, 'deletions', deleteDue),
    every(ALERT_INTERVAL_MS, 'alerts', evaluateAlerts),
    every(RECONCILE_INTERVAL_MS, 'reconciler', async (stopping) => {
      const { repaired, whole } = await reconcile(stopping)
      return repaired > 0 && !whole
    }),
    startScheduler(),
  ]
  for (const loop of loops) loop.now()
  return {
    /** Resolves once no loop is at work any more. */
    async stop(): Promise<void> {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}
