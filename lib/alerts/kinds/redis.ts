import { countOf } from '@/lib/format/count'
import { INSTALLATION } from '../subject'
import type { AlertKind } from './kind'

/** What Redis could lose or refuse, as the overview warns of it. */
export const redis: AlertKind = {
  label: 'Redis warnings',
  description:
    'Redis does not answer, evicts under pressure, keeps no append-only file, or has almost no memory left; nothing while queues are in PostgreSQL.',
  unit: 'warnings',
  isAboutJobs: false,
  fireAt: 1,
  resolveAt: 0,
  max: 10,
  needs: 'redis',
  format: (value) => countOf(value, 'warning'),
  measure({ redis: warnings }) {
    if (!warnings) return undefined
    const message = warnings.length > 0 ? warnings.join(' ') : 'Redis is well.'
    return [{ subject: INSTALLATION, value: warnings.length, message }]
  },
}
