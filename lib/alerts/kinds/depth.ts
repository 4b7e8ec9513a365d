import { countOf, formatCount } from '@/lib/format/count'
import { COUNTED_UP_TO } from '@/lib/metrics/live'
import { groupsOf, placeOf } from '../subject'
import type { AlertKind } from './kind'

/** How many jobs that could run wait. */
export const depth: AlertKind = {
  label: 'Depth',
  description: `How many jobs that could run wait for a worker; counted up to ${formatCount(COUNTED_UP_TO)} a queue.`,
  unit: 'jobs',
  isAboutJobs: true,
  fireAt: COUNTED_UP_TO,
  resolveAt: COUNTED_UP_TO / 2,
  max: COUNTED_UP_TO,
  needs: 'waiting',
  format: (value) => countOf(value, 'job'),
  measure({ waiting }, rule) {
    return groupsOf(rule).map(({ subject, has }) => {
      const found = waiting?.filter(has) ?? []
      const value = found.reduce((sum, { count }) => sum + count, 0)
      const paused = found.some((each) => each.paused) ? ' The queue is paused.' : ''
      const message = `${jobs(value)} wait in ${placeOf(subject)}.${paused}`
      return { subject, value, message }
    })
  },
}

function jobs(count: number): string {
  return count >= COUNTED_UP_TO ? `${formatCount(count)}+ jobs` : countOf(count, 'job')
}
