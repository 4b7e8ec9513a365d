import { rangeProblem, resolveRange } from '@/lib/reports/range'
import { rangeWords } from '@/lib/reports/words'
import { inputOf, type ReportValues } from './report-values'

const rows = { daily: 'day', weekly: 'week', monthly: 'month' } as const

const results = {
  pdf: 'Makes a PDF with charts and tables',
  xlsx: 'Makes a workbook with a sheet per table and one of all jobs',
  csv: 'Makes a CSV file with a row per job',
} as const

/** What running the form will do, in a sentence; undefined while the dates make no range. */
export function whatWillHappen(values: ReportValues, now: Date): string | undefined {
  const { period, format, timezone, everyone } = values
  const input = inputOf(values, now)
  if (!input.from || !input.to || rangeProblem(input, timezone)) return undefined
  const span = rangeWords(resolveRange(input, timezone, now), timezone)
  const whose = everyone ? 'everyone’s jobs' : 'your jobs'
  const by = format === 'csv' ? '' : `, by ${rows[period]}`
  return `${results[format]}: ${whose} of ${span}${by}, in ${timezone} time.`
}

const spans = { daily: '30 days', weekly: '12 weeks', monthly: '12 months' } as const

/** What each run of a schedule will do, in a sentence. */
export function whatWillRepeat({ period, format, timezone, everyone }: ReportValues): string {
  const whose = everyone ? 'everyone’s jobs' : 'your jobs'
  return `${results[format]}: ${whose} of the last ${spans[period]} before each run, in ${timezone} time.`
}
