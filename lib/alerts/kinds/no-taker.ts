import { formatDuration } from '@/lib/format/duration'
import type { Untaken } from '../facts/untaken'
import { INSTALLATION } from '../subject'
import type { AlertKind } from './kind'

/** Types that a message names. */
const NAMED = 3

/** For how long jobs wait that no running worker can take. */
export const noTaker: AlertKind = {
  label: 'No worker for a job',
  description:
    'For how long jobs have been waiting that no running worker can take: none serves their queue, or all are of a version that does not know their type or input.',
  unit: 'seconds',
  isAboutJobs: false,
  fireAt: 600,
  resolveAt: 0,
  max: 7 * 24 * 3600,
  needs: 'untaken',
  format: (value) => formatDuration(value * 1_000),
  measure({ at, untaken = [] }) {
    const [oldest] = untaken
    const age = oldest ? Math.max(0, at.getTime() - oldest.since.getTime()) : 0
    const message = oldest
      ? `No running worker takes ${names(untaken)}; the oldest has been waiting for ${formatDuration(age)}.`
      : 'Every job has a worker that can take it.'
    return [{ subject: INSTALLATION, value: age / 1_000, message }]
  },
}

function names(untaken: Untaken[]): string {
  const named = untaken.slice(0, NAMED).map(({ queue, type, isServed }) => {
    const why = isServed ? `those of queue ${queue} do not know them` : `none serves queue ${queue}`
    return `${type} jobs (${why})`
  })
  return `${named.join(', ')}${untaken.length > NAMED ? ', …' : ''}`
}
