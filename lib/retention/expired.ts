import { terminalStatuses } from '@/lib/jobs/status'
import type { Expired } from './remove-jobs'
import { cutoffOf, type Retention } from './settings'

/** Which jobs of these types have been kept long enough; what is kept for ever is left out. */
export function expiredOf(types: readonly string[], retention: Retention, now: Date): Expired[] {
  return types.flatMap((type) =>
    terminalStatuses.flatMap((status) => {
      const cutoff = cutoffOf(retention.jobs(type, status), now)
      return cutoff ? { type, status, cutoff } : []
    }),
  )
}
