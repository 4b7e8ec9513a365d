import { formatDuration } from '@/lib/format/duration'
import { groupsOf, placeOf } from '../subject'
import type { AlertKind } from './kind'

/** For how long the oldest job that could run has been waiting. */
export const oldestWaiting: AlertKind = {
  label: 'Oldest waiting job',
  description: 'For how long the oldest job that could run has been waiting for a worker.',
  unit: 'seconds',
  isAboutJobs: true,
  fireAt: 600,
  resolveAt: 60,
  max: 7 * 24 * 3600,
  needs: 'waiting',
  format: (value) => formatDuration(value * 1_000),
  measure({ at, waiting }, rule) {
    return groupsOf(rule).map(({ subject, has }) => {
      const jobs = waiting?.filter(has) ?? []
      const since = Math.min(at.getTime(), ...jobs.map(({ oldestSince }) => oldestSince.getTime()))
      const age = at.getTime() - since
      const paused = jobs.some((each) => each.paused) ? ' The queue is paused.' : ''
      const message = `The oldest job of ${placeOf(subject)} has been waiting for ${formatDuration(age)}.${paused}`
      return { subject, value: age / 1_000, message }
    })
  },
}
