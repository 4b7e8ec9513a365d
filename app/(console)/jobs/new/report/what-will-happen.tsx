'use client'

import { propertyOf } from '@/app/_server/forms/write'
import { useLiveInput } from '@/app/form/generated/live-input'
import { rangeProblem, resolveRange } from '@/lib/reports/range'
import { rangeWords } from '@/lib/reports/words'
import { isTimezone } from '@/lib/time/zone'

const results = new Map<unknown, string>([
  ['pdf', 'Makes a PDF with charts and tables'],
  ['xlsx', 'Makes a workbook with a sheet per table and one of all jobs'],
  ['csv', 'Makes a CSV file with a row per job'],
])
const periods = {
  daily: { row: 'day', usual: '30 days' },
  weekly: { row: 'week', usual: '12 weeks' },
  monthly: { row: 'month', usual: '12 months' },
} as const

/** What running the form will do, in a sentence. */
export function ReportWords() {
  const { input, posted } = useLiveInput()
  const text = (name: string) => String(propertyOf(input, name) ?? '')
  const [from, to] = [text('from'), text('to')]
  const timezone = isTimezone(text('timezone')) ? text('timezone') : 'UTC'
  const chosen = text('period')
  const period = chosen === 'weekly' || chosen === 'monthly' ? chosen : 'daily'
  const result = results.get(text('format')) ?? ''
  const whose = propertyOf(input, 'everyone') === true ? 'everyone’s jobs' : 'your jobs'
  if (posted.when === 'schedule' && !from && !to) {
    return `${result}: ${whose} of the last ${periods[period].usual} before each run, in ${timezone} time.`
  }
  if (!from || !to || rangeProblem({ from, to }, timezone)) {
    return 'The last day has to follow the first.'
  }
  const span = rangeWords(resolveRange({ period, from, to }, timezone, new Date()), timezone)
  const by = text('format') === 'csv' ? '' : `, by ${periods[period].row}`
  return `${result}: ${whose} of ${span}${by}, in ${timezone} time.`
}
