import { setTimeout as pause } from 'node:timers/promises'
import { isRefusal } from '@/lib/db/refusal'
import { logger } from '@/lib/telemetry/logger'

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 3_000

/**
 * Repeats a statement until PostgreSQL answers it. What waits for it waits at its place: a job that
 * cannot be recorded now is neither finished nor given up.
 * @param statement hears whether it was tried before
 * @throws what PostgreSQL answers when it refuses what the statement says
 */
export async function retryUntilAvailable<T>(
  statement: (again: boolean) => Promise<T>,
): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await statement(wait > FIRST_WAIT_MS)
    } catch (error) {
      if (isRefusal(error)) {
        logger('runtime').error({ err: error }, 'PostgreSQL refuses a record')
        throw error
      }
      logger('runtime').warn({ err: error }, 'PostgreSQL does not answer; trying again')
      await pause(wait)
    }
  }
}
