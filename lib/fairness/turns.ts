/** Longest work of one request at a stretch, in milliseconds: all others wait for as long. */
const STRETCH_MS = 5

/**
 * Lets other requests have their turn within long work: await it between the parts. It goes on at once
 * until the work has had its stretch.
 */
export function takingTurns(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < STRETCH_MS) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    since = performance.now()
  }
}
