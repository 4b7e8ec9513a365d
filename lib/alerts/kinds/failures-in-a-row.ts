import { countOf } from '@/lib/format/count'
import { LONGEST_STREAK, type Streak } from '../facts/streaks'
import { groupsOf, placeOf } from '../subject'
import type { AlertKind } from './kind'

/** Jobs that failed for good since the last one that succeeded. */
export const failuresInARow: AlertKind = {
  label: 'Failures in a row',
  description: 'Jobs that failed for good, one after the other, with no success in between.',
  unit: 'failures',
  isAboutJobs: true,
  fireAt: 5,
  resolveAt: 0,
  max: LONGEST_STREAK,
  needs: 'streaks',
  format: (value) => `${countOf(value, 'failure')}${value >= LONGEST_STREAK ? ' or more' : ''}`,
  measure({ streaks }, rule) {
    return groupsOf(rule).map(({ subject, has }) => {
      const value = longest(streaks?.filter(has) ?? [])
      const jobs = countOf(value, 'job')
      return { subject, value, message: `${jobs} failed in a row in ${placeOf(subject)}.` }
    })
  },
}

function longest(streaks: Streak[]): number {
  const succeeded = Math.max(0, ...streaks.map(({ succeededAt }) => succeededAt?.getTime() ?? 0))
  const failures = streaks.flatMap((streak) => streak.failures.map((at) => at.getTime()))
  return Math.min(LONGEST_STREAK, failures.filter((at) => at > succeeded).length)
}
