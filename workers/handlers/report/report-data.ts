import type { ReportFormat } from '@/lib/jobs/types/report-input'
import type { Period, Range } from '@/lib/reports/range'
import { wallOf } from '@/lib/reports/words'
import type { Summary } from './data/summary'

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

/** Names a report's file by its first and last day: `daily-report-2026-11-01-to-2026-11-30.pdf`. */
export function reportName({ period, range, timezone }: ReportData, format: ReportFormat): string {
  const day = (at: Date) => new Date(wallOf(at, timezone)).toISOString().slice(0, 10)
  const [first, last] = [day(range.from), day(new Date(range.to.getTime() - 1))]
  const days = first === last ? first : `${first}-to-${last}`
  return `${period}-report-${days}.${format}`
}
