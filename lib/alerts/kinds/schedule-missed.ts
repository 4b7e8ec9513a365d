import { countOf } from '@/lib/format/count'
import { INSTALLATION } from '../subject'
import type { AlertKind } from './kind'
import { windowStart } from './window'

const WINDOW = 60
/** Schedules that a message names. */
const NAMED = 3

/** Times at which a schedule made no job. */
export const scheduleMissed: AlertKind = {
  label: 'Schedule missed',
  description:
    'Times of schedules that were missed because no worker was up, refused because their input no longer fits, or are overdue.',
  unit: 'runs',
  isAboutJobs: false,
  window: WINDOW,
  fireAt: 1,
  resolveAt: 0,
  max: 1_000,
  needs: 'missedRuns',
  format: (value) => countOf(value, 'run'),
  measure(facts, rule) {
    const start = windowStart(facts, rule, WINDOW)
    const missed = facts.missedRuns?.filter(({ at }) => at.getTime() > start) ?? []
    const names = [...new Set(missed.map(({ name }) => `“${name}”`))]
    const named = `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ', …' : ''}`
    const of = names.length > 0 ? ` of ${named}` : ''
    const were = missed.length === 1 ? 'was' : 'were'
    const message = `${countOf(missed.length, 'run')}${of} ${were} missed.`
    return [{ subject: INSTALLATION, value: missed.length, message }]
  },
}
