/** How long an older worker leaves a queue to newer ones, in milliseconds. */
const ASIDE_MS = 1_500
/** How long it then serves the queue before it does so again: it loses a fifth of its time at most. */
const BETWEEN_MS = 6_000

type Options = {
  /** Takes nothing more from a queue. */
  leave(queue: string): void
  /** Takes from its queues again what it may. */
  comeBack(): void
}

/**
 * Lets newer workers have what this one does not know. The queue gives a job that is put back to anybody,
 * and first of all to whoever put it back; so this worker steps aside from the queue for a moment, and
 * the job comes to those that are left.
 */
export function createAside({ leave, comeBack }: Options, now = () => performance.now()) {
  const since = new Map<string, number>()
  const left = new Map<string, NodeJS.Timeout>()
  return {
    /** Whether it takes nothing from the queue now. */
    has: (queue: string): boolean => left.has(queue),

    /** @returns 0 when the worker is aside now; else how long until it may be again, in milliseconds */
    step(queue: string): number {
      if (left.has(queue)) return 0
      const agoMs = now() - (since.get(queue) ?? Number.NEGATIVE_INFINITY)
      if (agoMs < ASIDE_MS + BETWEEN_MS) return Math.ceil(ASIDE_MS + BETWEEN_MS - agoMs)
      since.set(queue, now())
      leave(queue)
      const timer = setTimeout(() => {
        left.delete(queue)
        comeBack()
      }, ASIDE_MS)
      left.set(queue, timer)
      return 0
    },

    stop(): void {
      for (const timer of left.values()) clearTimeout(timer)
    },
  }
}

export type Aside = ReturnType<typeof createAside>
