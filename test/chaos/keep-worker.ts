import type { ChildProcess } from 'node:child_process'
import { isRunning, type Stage } from './stage'

/** A worker program that is started again whenever it ends, as the launcher does. */
export type KeptWorker = {
  /** The one that runs now. */
  process(): ChildProcess
  /** Starts it no more. */
  release(): void
}

export async function keepWorker(
  stage: Stage,
  env: Record<string, string> = {},
): Promise<KeptWorker> {
  let wanted = true
  let current = await stage.worker(env)
  const again = async () => {
    if (!wanted) return
    try {
      current = await stage.worker(env)
      watch()
    } catch {
      // Its servers are away, or it was killed before it was ready.
      setTimeout(again, 500).unref()
    }
  }
  function watch(): void {
    if (isRunning(current)) current.once('exit', again)
    else again()
  }
  watch()
  const release = () => {
    wanted = false
  }
  stage.onClose(release)
  return { process: () => current, release }
}
