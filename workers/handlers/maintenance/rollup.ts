import { rollUpAnew } from '@/lib/metrics/roll-up'
import type { Task } from './task'

/** The hour that has just ended, and the one before it. */
const HOURS = 2

/** The supervisor keeps roll-ups up to date; this makes sure of it, whatever happened to them. */
export const rollup: Task = async () => {
  await rollUpAnew(HOURS)
  return { hours: HOURS }
}
