import type { ReportInput } from '@/lib/jobs/types/report-input'
import { dayWords, lastDays, type Period, wallDayOf } from '@/lib/reports/range'

/** What the form holds, as chosen. */
export type ReportValues = {
  period: Period
  preset: Preset
  /** `2026-01-31`; what is shown while `preset` is `dates`. */
  from: string
  to: string
  format: ReportInput['format']
  timezone: string
  everyone: boolean
}

export const presets = [
  { value: 'week', label: 'Last 7 days' },
  { value: 'days', label: 'Last 30 days' },
  { value: 'month', label: 'This month' },
  { value: 'lastMonth', label: 'Last month' },
  { value: 'year', label: 'This year' },
  { value: 'dates', label: 'Choose dates' },
] as const
export type Preset = (typeof presets)[number]['value']

const DAY = 24 * 3_600_000

/** First and last day of what a preset stands for, today included. */
export function daysOf(preset: Exclude<Preset, 'dates'>, now: Date, timezone: string) {
  const today = wallDayOf(now, timezone)
  const date = new Date(today)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  switch (preset) {
    case 'week':
      return lastDays(7, now, timezone)
    case 'days':
      return lastDays(30, now, timezone)
    case 'month':
      return days(Date.UTC(year, month), today)
    case 'lastMonth':
      return days(Date.UTC(year, month - 1), Date.UTC(year, month) - DAY)
    case 'year':
      return days(Date.UTC(year, 0), today)
  }
}

/** The input that the form stands for now. */
export function inputOf(values: ReportValues, now: Date) {
  const { period, preset, from, to, format, timezone, everyone } = values
  const range = preset === 'dates' ? { from, to } : daysOf(preset, now, timezone)
  return { period, ...range, format, timezone, everyone }
}

/** The input for a schedule: only dates that were chosen by hand stay the same each time. */
export function repeatedInputOf(values: ReportValues) {
  const { period, preset, from, to, format, timezone, everyone } = values
  return { period, ...(preset === 'dates' ? { from, to } : {}), format, timezone, everyone }
}

/** The form of a job that is duplicated; times of day, which the form has no field for, become days. */
export function valuesOf(input: ReportInput, timezone: string): Partial<ReportValues> {
  const { period, from, to, format, everyone } = input
  const known = { period, format, everyone, timezone: input.timezone ?? timezone }
  if (from === undefined || to === undefined) return known
  return { ...known, preset: 'dates', from: from.slice(0, 10), to: to.slice(0, 10) }
}

function days(from: number, to: number) {
  return { from: dayWords(from), to: dayWords(to) }
}
