import { logger } from '@/lib/telemetry/logger'

export type Loop = {
  /** Runs the work now, besides its rhythm. */
  now(): void
  /** Resolves once the work that was under way has ended. */
  stop(): Promise<void>
}

/** How soon work goes on that has more to do, in milliseconds: meanwhile others may. */
const AGAIN_MS = 1_000

/**
 * Repeats `work`, never twice at the same time; a failure is logged and the rhythm goes on.
 * @param work hears by its signal that the loop stops: what takes long breaks off. Answers `true` when
 * there is more to do: then it goes on after a second
 */
export function every(
  intervalMs: number,
  name: string,
  work: (stopping: AbortSignal) => Promise<unknown>,
): Loop {
  const stopping = new AbortController()
  let current: Promise<void> | undefined
  let again: NodeJS.Timeout | undefined
  const tick = () => {
    current ??= work(stopping.signal)
      .then(
        (more) => {
          if (more === true && !stopping.signal.aborted) again = setTimeout(tick, AGAIN_MS)
        },
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
      clearTimeout(again)
      await current
    },
  }
}
