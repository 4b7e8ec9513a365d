import type { QueueNow } from '@/lib/jobs/lists/queues-now'
import type { Totals } from './series'

/** How long the oldest job may wait before its queue counts as backlogged, in milliseconds. */
const PATIENCE_MS = 30_000
/** From this share of failures on a queue counts as failing. */
const FAILING = 0.05

export type QueueWord =
  | 'Paused'
  | 'No worker'
  | 'Failing'
  | 'Backlogged'
  | 'At capacity'
  | 'Active'
  | 'Idle'

type Facts = {
  paused: boolean
  now: QueueNow
  totals: Pick<Totals, 'failureRate'>
  /** Jobs that all workers together run at once. */
  capacity: number
  at: number
}

/** A queue's state in one word: what an admin should know of first. */
export function queueWord({ paused, now, totals, capacity, at }: Facts): QueueWord {
  const { waiting, active, oldestSince } = now
  if (paused) return 'Paused'
  if (waiting > 0 && capacity === 0) return 'No worker'
  if ((totals.failureRate ?? 0) >= FAILING) return 'Failing'
  if (oldestSince && at - oldestSince.getTime() > PATIENCE_MS) return 'Backlogged'
  if (waiting > 0 && active >= capacity) return 'At capacity'
  return active > 0 || waiting > 0 ? 'Active' : 'Idle'
}
