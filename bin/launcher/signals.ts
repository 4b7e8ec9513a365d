/** npm passes on what the terminal already sent: one Ctrl-C arrives twice, moments apart. */
const SAME_KEYPRESS_MS = 500

/** Calls `stop` at the first request to end and `kill` at the second. */
export function onStopSignals(stop: () => void, kill: () => void): void {
  let firstAt: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Until now, during set-up, there was nothing to stop: the handler just ended the process.
    process.removeAllListeners(signal)
    process.on(signal, () => {
      if (firstAt === undefined) {
        firstAt = Date.now()
        stop()
      } else if (Date.now() - firstAt > SAME_KEYPRESS_MS) {
        kill()
      }
    })
  }
}
