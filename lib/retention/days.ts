import type { JobType } from '@/lib/jobs/catalog'

/** Days that records are kept, unless something else is said below. */
const DEFAULT_DAYS = 90

/** Days that ended jobs of a type are kept, where that is not the default. */
const daysByType: Partial<Record<JobType, number>> = { maintenance: 30 }

const DAY_MS = 24 * 3600_000

/** The moment before which jobs of the type must have ended to be removed. */
export function jobsCutoff(type: string, now: Date): Date {
  const days = new Map<string, number>(Object.entries(daysByType)).get(type)
  return daysBefore(now, days ?? DEFAULT_DAYS)
}

/** The moment before which records that are no jobs are removed. */
export function recordsCutoff(now: Date): Date {
  return daysBefore(now, DEFAULT_DAYS)
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS)
}
