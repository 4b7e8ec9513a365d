import { config } from '@/lib/config/config'
import { queuesOf } from '@/lib/jobs/catalog'
import type { QueueDefinition } from '@/lib/jobs/queue'
import type { RunnableJob } from './registry'

/** A queue this worker takes jobs from, as it is declared and the environment says. */
export type ServedQueue = QueueDefinition

/** @throws when `WORKER_QUEUES` names a queue that does not exist, or one is declared twice */
export function servedQueues(jobs: RunnableJob[]): ServedQueue[] {
  const { workerQueues, concurrency } = config()
  const declared = queuesOf(jobs.map(({ definition }) => definition))
  const unknown = workerQueues?.filter((name) => !declared.has(name)) ?? []
  if (unknown.length > 0) throw new Error(`WORKER_QUEUES: no such queue: ${unknown.join(', ')}`)
  return [...declared.values()]
    .filter(({ name }) => !workerQueues || workerQueues.includes(name))
    .map((queue) => ({ ...queue, concurrency: concurrency[queue.name] ?? queue.concurrency }))
}
