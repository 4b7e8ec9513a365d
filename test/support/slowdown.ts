const SAMPLE_MS = 200

/**
 * How much longer work takes now than on a machine that does nothing else; 1 when it is idle. Limits
 * in time are the product's on such a machine: tests that run beside others multiply them by this.
 */
export function slowdown(): number {
  const started = performance.now()
  const before = process.cpuUsage()
  const spent = () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000
  }
  while (spent() < SAMPLE_MS);
  return Math.max(1, (performance.now() - started) / spent())
}
