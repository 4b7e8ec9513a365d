import { countOf } from '@/lib/format/count'
import { groupsOf, placeOf } from '../subject'
import type { AlertKind } from './kind'
import { windowStart } from './window'

const WINDOW = 15
/** Fewer jobs than this say nothing: one failure of two is no rate. */
const ENOUGH = 10

/** The share of jobs that failed for good. */
export const failureRate: AlertKind = {
  label: 'Failure rate',
  description: `The share of jobs that failed for good, of at least ${ENOUGH} that ended within the time looked back.`,
  unit: 'percent',
  isAboutJobs: true,
  window: WINDOW,
  fireAt: 50,
  resolveAt: 10,
  max: 100,
  needs: 'ended',
  format: (value) => `${Math.round(value * 10) / 10} %`,
  measure(facts, rule) {
    const start = windowStart(facts, rule, WINDOW)
    // The minute in which the window begins counts as a whole.
    const recent = facts.ended?.filter((minute) => minute.start.getTime() > start - 60_000) ?? []
    return groupsOf(rule).map(({ subject, has }) => {
      const minutes = recent.filter(has)
      const failed = minutes.reduce((sum, minute) => sum + minute.failed, 0)
      const ended = minutes.reduce((sum, minute) => sum + minute.failed + minute.completed, 0)
      const value = ended > 0 ? (100 * failed) / ended : 0
      const share = `${failed} of ${countOf(ended, 'job')} (${Math.round(value)} %)`
      const within = `in the last ${rule.windowMinutes ?? WINDOW} min`
      const message = `${share} failed ${within} in ${placeOf(subject)}.`
      return { subject, value, isThin: ended < ENOUGH, message }
    })
  },
}
