import { invalidInput } from '@/lib/errors/app-error'
import { nextFire } from './next-fire'

/** When a schedule fires, as far as it says by itself. */
export type Timing = { cron: string; timezone: string }

/**
 * The first time from now on; for people who have just written the pattern.
 * @throws {AppError} `invalid_input` for a pattern that never comes
 */
export function firstFire({ cron, timezone }: Timing): Date {
  const next = nextFire(cron, timezone, new Date())
  if (next) return next
  throw invalidInput([{ path: 'cron', message: 'This never comes: there is no such day' }])
}
