import type { QueueNow } from '@/lib/jobs/lists/queues-now'

/** How long the oldest job may wait before its queue counts as backlogged, in milliseconds. */
const PATIENCE_MS = 30_000

export type QueueWord = 'Paused' | 'Backlogged' | 'At capacity' | 'Active' | 'Idle'

type Facts = {
  paused: boolean
  now: QueueNow
  /** Jobs that all workers together run at once. */
  capacity: number
  at: number
}

/** A queue's state in one word. */
export function queueWord({ paused, now, capacity, at }: Facts): QueueWord {
  if (paused) return 'Paused'
  const { waiting, active, oldestSince } = now
  if (oldestSince && at - oldestSince.getTime() > PATIENCE_MS) return 'Backlogged'
  if (waiting > 0 && active >= capacity) return 'At capacity'
  return active > 0 || waiting > 0 ? 'Active' : 'Idle'
}
