/** Something took longer than its limit. */
export class LimitPassed extends Error {
  override name = 'LimitPassed'
}

/**
 * Runs work under a time limit, and until `outer` aborts. The signal it gets tells it to stop; what it
 * does after that is ignored.
 * @throws {LimitPassed}, or the reason of `outer`
 */
export async function withTimeLimit<T>(
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  outer?.throwIfAborted()
  // Not AbortSignal.any over AbortSignal.timeout: Node.js may collect that as garbage before its time.
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(new LimitPassed('No answer in time')), limitMs)
  const pass = () => stop.abort(outer?.reason)
  outer?.addEventListener('abort', pass, { once: true })
  try {
    return await abortable(work(stop.signal), stop.signal)
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', pass)
  }
}

/** Waits for work that cannot be stopped: an abort rejects at once, with the signal's reason. */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Once nobody waits, a late failure must not become an unhandled one.
  work.catch(() => undefined)
  signal.throwIfAborted()
  const { promise, stop } = rejectedBy(signal)
  return Promise.race([work, promise]).finally(stop)
}

function rejectedBy(signal: AbortSignal) {
  let stop = () => {}
  const promise = new Promise<never>((_resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    stop = () => signal.removeEventListener('abort', abort)
  })
  return { promise, stop }
}
