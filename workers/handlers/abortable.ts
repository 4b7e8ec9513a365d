/**
 * Waits for work that cannot itself be stopped: an abort rejects at once with the signal's reason,
 * and what the work comes to afterwards is dropped.
 */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Whoever stops waiting must not turn a late failure into an unhandled one.
  work.catch(() => undefined)
  signal.throwIfAborted()
  let stop: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    if (stop) signal.removeEventListener('abort', stop)
  }
}
