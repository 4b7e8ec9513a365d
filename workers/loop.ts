import { logger } from '@/lib/log/logger'

export type Loop = {
  /** Runs the work now, besides its rhythm. */
  now(): void
  /** Resolves once the work that was under way has ended. */
  stop(): Promise<void>
}

/**
 * Repeats `work`, never twice at the same time; a failure is logged and the rhythm goes on.
 * @param work hears by its signal that the loop stops: what takes long breaks off
 */
export function every(
  intervalMs: number,
  name: string,
  work: (stopping: AbortSignal) => Promise<unknown>,
): Loop {
  const stopping = new AbortController()
  let current: Promise<void> | undefined
  const tick = () => {
    current ??= work(stopping.signal)
      .then(
        () => undefined,
        (error: unknown) => logger(name).warn({ err: error }, `The ${name} failed; it goes on`),
      )
      .finally(() => {
        current = undefined
      })
  }
  const timer = setInterval(tick, intervalMs)
  return {
    now: tick,
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await current
    },
  }
}
