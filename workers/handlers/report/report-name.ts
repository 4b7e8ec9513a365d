import type { ReportFormat } from '@/lib/jobs/types/report-input'
import { wallOf } from '@/lib/reports/words'
import type { ReportData } from './report-data'

/** Names a report's file by its first and last day: `daily-report-2026-11-01-to-2026-11-30.pdf`. */
export function reportName({ period, range, timezone }: ReportData, format: ReportFormat): string {
  const day = (at: Date) => new Date(wallOf(at, timezone)).toISOString().slice(0, 10)
  const [first, last] = [day(range.from), day(new Date(range.to.getTime() - 1))]
  const days = first === last ? first : `${first}-to-${last}`
  return `${period}-report-${days}.${format}`
}
