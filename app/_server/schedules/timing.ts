import type { Viewer } from '@/lib/access/viewer'
import { invalidInput } from '@/lib/errors/app-error'
import { parseCron } from '@/lib/schedules/cron'
import { nextFire } from '@/lib/schedules/next-fire'

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

/**
 * Once a minute is as often as anybody's schedule fires; an admin's may more often.
 * @throws {AppError} `invalid_input`
 */
export function refuseTooOften({ role }: Viewer, cron: string): void {
  if (role === 'ADMIN' || parseCron(cron).secondsNamed <= 1) return
  const message =
    'This fires several times a minute. Name one second, as in “0 * * * * *”: only admins may more often'
  throw invalidInput([{ path: 'cron', message }])
}
