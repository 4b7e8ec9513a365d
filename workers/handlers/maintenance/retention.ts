import { jobTypesInUse, removeExpiredJobs } from '@/lib/retention/remove-jobs'
import { recordRemovals, removeExpiredRecords } from '@/lib/retention/remove-records'
import type { Task } from './task'

/** Removes what has been kept long enough, slice by slice; what a stop leaves, the next run removes. */
export const retention: Task = async ({ signal, progress, log }) => {
  const now = new Date()
  const types = await jobTypesInUse()
  const removed = new Map<string, number>()
  const steps = types.length + recordRemovals.length
  let step = 0

  function note(counts: Record<string, number>): void {
    for (const [what, count] of Object.entries(counts)) {
      removed.set(what, (removed.get(what) ?? 0) + count)
    }
    const rows = [...removed].flatMap(([what, count]) => (what === 'bytes' ? [] : count))
    const sum = rows.reduce((total, count) => total + count, 0)
    progress(Math.round((100 * step) / steps), `${sum.toLocaleString('en-US')} records removed`)
    signal.throwIfAborted()
  }

  for (const type of types) {
    let after: string | null = null
    do {
      const { next, ...counts } = await removeExpiredJobs(type, now, after)
      after = next
      note(counts)
    } while (after)
    step += 1
  }
  for (const removal of recordRemovals) {
    let more = true
    while (more) {
      const slice = await removeExpiredRecords(removal, now)
      more = slice.more
      note({ [removal.what]: slice.removed })
    }
    step += 1
  }
  for (const [what, count] of removed) if (count > 0) log(`Removed ${what}: ${count}`)
  return Object.fromEntries(removed)
}
