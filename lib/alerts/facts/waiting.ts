import { queueNames } from '@/lib/jobs/catalog'
import { waitingByType } from '@/lib/jobs/lists/queues-now'
import { isNoOwnJob } from './own-jobs'

/** Jobs of a queue and type that wait for a worker. */
export type Waiting = {
  queue: string
  type: string
  /** At most `COUNTED_UP_TO` in a queue. */
  count: number
  oldestSince: Date
  paused: boolean
}

/** What waits in the queues now, and since when, as the overview counts it. */
export const WAITING = {
  text: `
    SELECT queue, type, waiting AS count, "oldestSince", setting."pausedAt" IS NOT NULL AS paused
    FROM (${waitingByType(isNoOwnJob)}) AS line LEFT JOIN "QueueSetting" setting USING (queue)`,
  values: [queueNames],
}
