import { MONDAYS } from './picker'
import type { Reading } from './reading'

/** What the form of a schedule begins with. */
export type ScheduleStart = {
  id?: string
  name: string
  cron: string
  /** Empty: the browser's. */
  timezone: string
  missedPolicy: string
  overlapPolicy: string
  /** Of a schedule of the system, only when it runs can be changed. */
  system: boolean
  /** What the server made of the pattern already. */
  reading?: Reading
}

/** A schedule that nothing is known of yet. */
export const newSchedule: ScheduleStart = {
  name: '',
  cron: MONDAYS,
  timezone: '',
  missedPolicy: 'skip',
  overlapPolicy: 'allow',
  system: false,
}
