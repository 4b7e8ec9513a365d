import type { AbortCause } from './handler'

type Running = { jobId: string; abort(cause: AbortCause): void }

/** The attempts this worker holds right now, by their tokens. */
export function createRunning() {
  const attempts = new Map<string, Running>()
  return {
    get size() {
      return attempts.size
    },
    add(token: string, running: Running): void {
      attempts.set(token, running)
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
      for (const running of attempts.values()) if (running.jobId === jobId) running.abort(cause)
    },
    abortAll(cause: AbortCause): void {
      for (const running of attempts.values()) running.abort(cause)
    },
  }
}

export type RunningAttempts = ReturnType<typeof createRunning>
