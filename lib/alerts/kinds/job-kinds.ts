import { countOf, formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import { COUNTED_UP_TO } from '@/lib/jobs/lists/queues-now'
import { LONGEST_STREAK } from '../facts/streaks'
import type { Waiting } from '../facts/waiting'
import { aboutJobs, formatPercent, windowStart } from './kind'

/** Fewer jobs than this say nothing: one failure of two is no rate. */
const ENOUGH = 10

/** Jobs that failed for good since the last one that succeeded. */
export const failuresInARow = aboutJobs({
  label: 'Failures in a row',
  description: 'Jobs that failed for good, one after the other, with no success in between.',
  unit: 'failures',
  fireAt: 5,
  resolveAt: 0,
  max: LONGEST_STREAK,
  needs: 'streaks',
  format: (value) => `${countOf(value, 'failure')}${value >= LONGEST_STREAK ? ' or more' : ''}`,
  find({ streaks = [] }, { place, has }) {
    const own = streaks.filter(has)
    const succeeded = Math.max(0, ...own.map(({ succeededAt }) => succeededAt?.getTime() ?? 0))
    const failures = own.flatMap((streak) => streak.failures)
    const since = failures.filter((at) => at.getTime() > succeeded).length
    const value = Math.min(LONGEST_STREAK, since)
    return { value, message: `${countOf(value, 'job')} failed in a row in ${place}.` }
  },
})

/** The share of jobs that failed for good. */
export const failureRate = aboutJobs({
  label: 'Failure rate',
  description: `The share of jobs that failed for good, of at least ${ENOUGH} that ended within the time looked back.`,
  unit: 'percent',
  window: 15,
  fireAt: 50,
  resolveAt: 10,
  max: 100,
  needs: 'ended',
  format: formatPercent,
  find(facts, { place, has }, minutes) {
    // The minute in which the window begins counts as a whole.
    const start = windowStart(facts, minutes + 1)
    const own = facts.ended?.filter((minute) => has(minute) && minute.start.getTime() > start) ?? []
    const failed = own.reduce((sum, minute) => sum + minute.failed, 0)
    const ended = own.reduce((sum, minute) => sum + minute.failed + minute.completed, 0)
    const value = ended > 0 ? (100 * failed) / ended : 0
    const share = `${failed} of ${countOf(ended, 'job')} (${Math.round(value)} %)`
    const message = `${share} failed in the last ${minutes} min in ${place}.`
    return { value, isThin: ended < ENOUGH, message }
  },
})

/** For how long the oldest job that could run has been waiting. */
export const oldestWaiting = aboutJobs({
  label: 'Oldest waiting job',
  description: 'For how long the oldest job that could run has been waiting for a worker.',
  unit: 'seconds',
  fireAt: 600,
  resolveAt: 60,
  max: 7 * 24 * 3600,
  needs: 'waiting',
  format: (value) => formatDuration(value * 1_000),
  find({ at, waiting = [] }, { place, has }) {
    const own = waiting.filter(has)
    const since = Math.min(at.getTime(), ...own.map(({ oldestSince }) => oldestSince.getTime()))
    const age = at.getTime() - since
    const message = `The oldest job of ${place} has been waiting for ${formatDuration(age)}.${pausedIn(own)}`
    return { value: age / 1_000, message }
  },
})

/** How many jobs that could run wait. */
export const depth = aboutJobs({
  label: 'Depth',
  description: `How many jobs that could run wait for a worker; counted up to ${formatCount(COUNTED_UP_TO)} a queue.`,
  unit: 'jobs',
  fireAt: COUNTED_UP_TO,
  resolveAt: COUNTED_UP_TO / 2,
  max: COUNTED_UP_TO,
  needs: 'waiting',
  format: (value) => countOf(value, 'job'),
  find({ waiting = [] }, { place, has }) {
    const own = waiting.filter(has)
    const value = own.reduce((sum, { count }) => sum + count, 0)
    const jobs = value >= COUNTED_UP_TO ? `${formatCount(value)}+ jobs` : countOf(value, 'job')
    return { value, message: `${jobs} wait in ${place}.${pausedIn(own)}` }
  },
})

function pausedIn(waiting: Waiting[]): string {
  return waiting.some(({ paused }) => paused) ? ' The queue is paused.' : ''
}
