import { config } from '@/lib/config/config'
import type { RateLimit } from '@/lib/queue/settings'
import type { RunnableJob } from './registry'

/** A queue this worker takes jobs from, as its definitions and the environment say. */
export type ServedQueue = {
  name: string
  concurrency: number
  rateLimit: RateLimit | undefined
}

/** @throws when `WORKER_QUEUES` names a queue that does not exist */
export function servedQueues(jobs: RunnableJob[]): ServedQueue[] {
  const { workerQueues, concurrency } = config()
  const served = new Map<string, ServedQueue>()
  for (const { definition } of jobs) {
    if (workerQueues && !workerQueues.includes(definition.queue)) continue
    served.set(definition.queue, {
      name: definition.queue,
      concurrency: concurrency[definition.queue] ?? definition.concurrency,
      rateLimit: definition.rateLimit,
    })
  }
  const unknown = workerQueues?.filter((name) => !served.has(name)) ?? []
  if (unknown.length > 0) throw new Error(`WORKER_QUEUES: no such queue: ${unknown.join(', ')}`)
  return [...served.values()]
}
