import { listen } from '@/lib/db/listen'
import { SCHEDULES_CHANNEL } from '@/lib/schedules/announce'
import { logger } from '@/lib/telemetry/logger'
import type { Loop } from '../loop'
import { type Clock, databaseClock, untilNextDue } from './schedules/clock'

/** Longest sleep: a change is announced, and this is for the case that nobody heard. */
const LONGEST_SLEEP_MS = 60_000
/** Sleep while another worker holds what is due. */
const HELD_MS = 100
/** Sleep after a failure. */
const RETRY_MS = 2_000

/**
 * Fires schedules when they are due: sleeps until then, or until one is changed. Any number of
 * processes may run this; each time leads to one job.
 * @param now what time it is; default: the database's clock
 */
export function startScheduler(now: Clock = databaseClock): Loop {
  let timer: NodeJS.Timeout | undefined
  let current: Promise<void> | undefined
  let changed = false
  let stopped = false

  function wake(): void {
    clearTimeout(timer)
    changed = true
    if (stopped || current) return
    current = workWhileChanged().finally(() => {
      current = undefined
    })
  }

  async function workWhileChanged(): Promise<void> {
    while (changed && !stopped) {
      changed = false
      const sleep = await work(now).catch((error: unknown) => {
        logger('scheduler').warn({ err: error }, 'The scheduler failed; it goes on')
        return RETRY_MS
      })
      clearTimeout(timer)
      if (!stopped) timer = setTimeout(wake, sleep)
    }
  }

  const listening = listen(SCHEDULES_CHANNEL, wake, wake)
  return {
    now: wake,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await listening.stop()
      await current
    },
  }
}

/** Fires what is due; answers how long nothing will be. */
async function work(now: Clock): Promise<number> {
  let wait = await untilNextDue(now)
  if (wait !== null && wait <= 0) {
    // Loaded when first needed: a worker at rest stays small.
    const { fireDue } = await import('./schedules/fire-due')
    while (await fireDue(now));
    wait = await untilNextDue(now)
  }
  if (wait === null) return LONGEST_SLEEP_MS
  return wait <= 0 ? HELD_MS : Math.min(wait + 1, LONGEST_SLEEP_MS)
}
