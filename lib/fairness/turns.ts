/** Longest work of one request at a stretch, in milliseconds: all others wait for as long. */
const STRETCH_MS = 2

/** Long work that has had its stretch, in the order in which it goes on. */
const waiting: (() => void)[] = []

/**
 * Lets other requests have their turn within long work: await it between the parts. It goes on at once
 * until the work has had its stretch. Of all long work one goes on in each round of the event loop:
 * however much there is, the others wait for one stretch.
 */
export function takingTurns(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < STRETCH_MS) return
    await new Promise<void>((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(goOn)
    })
    since = performance.now()
  }
}

function goOn(): void {
  waiting.shift()?.()
  if (waiting.length > 0) setImmediate(goOn)
}
