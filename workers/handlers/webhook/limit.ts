/** Reason of a request's own time limit, as opposed to those of its job. */
export class LimitPassed extends Error {
  override name = 'LimitPassed'
}

/** Runs work under a signal that aborts with the job's, or with `LimitPassed` after a time. */
export async function withLimit<T>(
  limitMs: number,
  jobSignal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  jobSignal.throwIfAborted()
  const limit = new AbortController()
  const stop = () => limit.abort(jobSignal.reason)
  const timer = setTimeout(() => limit.abort(new LimitPassed()), limitMs)
  jobSignal.addEventListener('abort', stop, { once: true })
  try {
    return await work(limit.signal)
  } catch (error) {
    // What the abort broke may say so in its own words.
    throw limit.signal.aborted ? limit.signal.reason : error
  } finally {
    clearTimeout(timer)
    jobSignal.removeEventListener('abort', stop)
  }
}
