import { setTimeout as pause } from 'node:timers/promises'

const LIMIT_MS = 300_000

/** Asks again every 20 ms. @throws after five minutes */
export async function untilTrue(ask: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + LIMIT_MS
  while (!(await ask())) {
    if (Date.now() > end) throw new Error('The benchmark waited in vain')
    await pause(20)
  }
}
