import { countOf } from '@/lib/format/count'
import type { LostWorker } from '../facts/lost-workers'
import { INSTALLATION } from '../subject'
import type { AlertKind } from './kind'
import { windowStart } from './window'

const WINDOW = 10
/** Workers that a message names. */
const NAMED = 3

/** Workers that stopped answering: they died, hang, or lost PostgreSQL. */
export const workerLost: AlertKind = {
  label: 'Stalled or lost worker',
  description:
    'Workers that stopped answering without a word within the time looked back. One that answers again counts no more.',
  unit: 'workers',
  isAboutJobs: false,
  window: WINDOW,
  fireAt: 1,
  resolveAt: 0,
  max: 100,
  needs: 'lostWorkers',
  format: (value) => countOf(value, 'worker'),
  measure(facts, rule) {
    const start = windowStart(facts, rule, WINDOW)
    const lost = facts.lostWorkers?.filter(({ lostAt }) => lostAt.getTime() > start) ?? []
    const message = `${countOf(lost.length, 'worker')} stopped answering${names(lost)}. What they ran is given to others.`
    return [{ subject: INSTALLATION, value: lost.length, message }]
  },
}

function names(lost: LostWorker[]): string {
  if (lost.length === 0) return ''
  const named = lost.slice(0, NAMED).map(({ host, pid }) => `process ${pid} on ${host}`)
  return `: ${named.join(', ')}${lost.length > NAMED ? ', …' : ''}`
}
