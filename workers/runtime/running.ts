import type { AbortCause } from './handler'

type Running = { jobId: string; abort(cause: AbortCause): void }

/** The attempts this worker holds right now, by their tokens. */
export function createRunning() {
  const deliveries = new Set<Running>()
  const attempts = new Map<string, Running>()
  const all = () => [...deliveries, ...attempts.values()]
  return {
    get size() {
      return attempts.size
    },
    /**
     * A delivery hears of cancellations from before its claim is sent: one may come between the claim
     * and its answer. @returns what ends that
     */
    expect(delivery: Running): () => void {
      deliveries.add(delivery)
      return () => deliveries.delete(delivery)
    },
    add(token: string, running: Running): void {
      attempts.set(token, running)
    },
    has(token: string): boolean {
      return attempts.has(token)
    },
    remove(token: string): void {
      attempts.delete(token)
    },
    /** The attempts that run, as the record names them. */
    held(): { jobId: string; token: string }[] {
      return [...attempts].map(([token, { jobId }]) => ({ token, jobId }))
    },
    /** Tells this one attempt to stop, when it still runs. */
    abortAttempt(token: string, cause: AbortCause): void {
      attempts.get(token)?.abort(cause)
    },
    /** Tells the job's attempt to stop, when this worker holds it. */
    abort(jobId: string, cause: AbortCause): void {
      for (const running of all()) if (running.jobId === jobId) running.abort(cause)
    },
    abortAll(cause: AbortCause): void {
      for (const running of all()) running.abort(cause)
    },
  }
}

export type RunningAttempts = ReturnType<typeof createRunning>
