import type { Period, Range } from '@/lib/reports/range'
import type { Summary } from '@/lib/reports/summary'

/** A report, ready to be written in any format. */
export type ReportData = {
  summary: Summary
  period: Period
  range: Range
  timezone: string
  /** The owner's name; with `everyone` only who asked. */
  owner: string
  everyone: boolean
  /** The moment the figures are of. */
  madeAt: Date
}
