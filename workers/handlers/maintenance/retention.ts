import { removeLeftovers } from '@/lib/files/leftovers'
import { recordRemovals } from '@/lib/retention/remove-records'
import { expiredOf, jobTypesInUse, readRetention } from '@/lib/retention/settings'
import { SLICE } from '@/lib/retention/slice'
import { removeExpiredJobs } from './remove-jobs'
import type { Task } from './task'

/** Removes what has been kept long enough, slice by slice; what a stop leaves, the next run removes. */
export const retention: Task = async ({ signal, progress, log }) => {
  const now = new Date()
  const settings = await readRetention()
  const expired = expiredOf(await jobTypesInUse(), settings, now)
  const records = recordRemovals(settings, now)
  const removed = new Map<string, number>()
  const steps = expired.length + records.length
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

  for (const jobs of expired) {
    let after: Parameters<typeof removeExpiredJobs>[1] = null
    do {
      const { next, ...counts } = await removeExpiredJobs(jobs, after)
      after = next
      note(counts)
    } while (after)
    step += 1
  }
  await removeLeftovers()
  for (const { what, removeSlice } of records) {
    let count: number
    do {
      count = await removeSlice()
      note({ [what]: count })
    } while (count === SLICE)
    step += 1
  }
  for (const [what, count] of removed) if (count > 0) log(`Removed ${what}: ${count}`)
  return Object.fromEntries(removed)
}
