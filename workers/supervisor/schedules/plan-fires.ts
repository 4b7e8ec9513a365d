import type { MissedPolicy, OverlapPolicy } from '@/lib/db/generated/enums'
import { nextFire } from '@/lib/schedules/next-fire'

/** Later than this, a time was missed. */
const LATE_MS = 60_000
/** Later than this, a time was missed when the next one has come too. */
const SUPERSEDED_MS = 5_000
/** Most times written down singly; what a long absence missed beyond them is summed up. */
const MAX_LISTED = 100

type Due = {
  cron: string
  timezone: string
  missedPolicy: MissedPolicy
  overlapPolicy: OverlapPolicy
  nextFireAt: Date
}

/** What one time of a schedule leads to. */
export type PlannedFire = {
  fireAt: Date
  outcome: 'RUN' | 'SKIPPED_MISSED' | 'SKIPPED_OVERLAP' | 'REFUSED'
  detail?: string
}

/** What a due schedule does now, and when it fires next; null when it never does again. */
export type FirePlan = { fires: PlannedFire[]; nextFireAt: Date | null }

/**
 * Decides about the times of a schedule that have come.
 *
 * A time is missed when it is more than a minute past, or more than five seconds and the next one has
 * come too. Times that are not missed run. Missed ones are skipped; with the policy `RUN_ONCE` the
 * last of them runs after all, unless a later time runs anyway. With the overlap policy `SKIP` one
 * of several that would run does.
 * @param busy a run of this schedule has not ended
 * @throws {CronError} for a pattern that is none
 */
export function planFires(due: Due, now: Date, busy: boolean): FirePlan {
  const { times, next } = timesUntil(due, now)
  const missedCount = times.filter((time, index) =>
    isMissed(time, times[index + 1] ?? next, now),
  ).length
  const resume = next && next <= now ? resumeAt(due, times, now) : next
  const isCut = next?.getTime() !== resume?.getTime()
  const catchesUp = due.missedPolicy === 'RUN_ONCE' && missedCount === times.length
  const fires = times.map((fireAt, index): PlannedFire => {
    if (index >= missedCount) return { fireAt, outcome: 'RUN' }
    const isLast = index === missedCount - 1
    const sum = isLast && isCut ? `, nor at any time until ${(resume ?? now).toISOString()}` : ''
    const detail = `No worker was up then${sum}.`
    return { fireAt, detail, outcome: isLast && catchesUp ? 'RUN' : 'SKIPPED_MISSED' }
  })
  const allowed = due.overlapPolicy === 'SKIP' ? withoutOverlap(fires, busy) : fires
  return { fires: allowed, nextFireAt: resume }
}

/** The times that have come, at most `MAX_LISTED`, and the one after them. */
function timesUntil({ cron, timezone, nextFireAt }: Due, now: Date) {
  const times: Date[] = []
  let next: Date | null = nextFireAt
  while (next && next <= now && times.length < MAX_LISTED) {
    times.push(next)
    next = nextFire(cron, timezone, next)
  }
  return { times, next }
}

function isMissed(time: Date, next: Date | null, now: Date): boolean {
  const late = now.getTime() - time.getTime()
  return late > LATE_MS || (late > SUPERSEDED_MS && next !== null && next <= now)
}

/** The first time after the listed ones that is not surely missed; itself if it comes right after. */
function resumeAt({ cron, timezone }: Due, times: Date[], now: Date): Date | null {
  const horizon = now.getTime() - LATE_MS - 1
  const listed = times.at(-1)?.getTime() ?? horizon
  return nextFire(cron, timezone, new Date(Math.max(listed, horizon)))
}

/** Lets the first run only, and none while an earlier one goes on. */
function withoutOverlap(fires: PlannedFire[], busy: boolean): PlannedFire[] {
  let taken = busy
  return fires.map((fire) => {
    if (fire.outcome !== 'RUN') return fire
    if (!taken) {
      taken = true
      return fire
    }
    return { ...fire, outcome: 'SKIPPED_OVERLAP', detail: 'An earlier run had not ended.' }
  })
}
