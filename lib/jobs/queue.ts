/** At most `max` jobs start per `durationMs`, over all workers. */
type RateLimit = { max: number; durationMs: number }

/** A queue, and how fast it is worked off unless an admin or the environment says otherwise. */
export type QueueDefinition = {
  /** Small letters, digits and hyphens. */
  name: string
  /** Jobs that one worker runs at once. */
  concurrency: number
  rateLimit?: RateLimit
}

/** Declares a queue: once, whichever job types go into it. Five jobs run at once unless it says otherwise. */
export function defineQueue(
  queue: Omit<QueueDefinition, 'concurrency'> & Partial<QueueDefinition>,
): QueueDefinition {
  return { concurrency: 5, ...queue }
}
