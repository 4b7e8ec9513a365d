import { z } from 'zod'
import { MAX_YEARS, rangeProblem } from '@/lib/reports/range'
import { dayField, timeField } from '@/lib/time/time-fields'
import { isTimezone } from '@/lib/time/zone'
import { formHints } from '../form-hints'

const reportPeriods = ['daily', 'weekly', 'monthly'] as const
export const reportFormats = ['pdf', 'xlsx', 'csv'] as const
export type ReportFormat = (typeof reportFormats)[number]

const expected = 'Expected a day like 2026-01-31 or a time like 2026-01-31T12:00:00Z'
const bound = timeField(expected).or(dayField(expected))

const formatLabels = {
  pdf: 'PDF, to read and to send',
  xlsx: 'XLSX, for Excel and its like',
  csv: 'CSV, a row per job',
}
const periodLabels = { daily: 'Day', weekly: 'Week', monthly: 'Month' }

/** What a report is asked to cover. */
export const reportInput = z
  .strictObject({
    format: z
      .enum(reportFormats, { error: `Expected one of ${reportFormats.join(', ')}` })
      .meta({ title: 'Format' })
      .register(formHints, { labels: formatLabels }),
    from: bound
      .optional()
      .meta({
        title: 'First day',
        description:
          'A day, or a time. Without from and to: the last 30 whole days, 12 whole weeks or 12 whole months.',
      })
      .register(formHints, { widget: 'days' }),
    to: bound
      .optional()
      .meta({
        title: 'Last day',
        description: `The last day, itself included; or a time, itself not. At most ${MAX_YEARS} years after from.`,
      })
      .register(formHints, { widget: 'days' }),
    period: z
      .enum(reportPeriods, { error: `Expected one of ${reportPeriods.join(', ')}` })
      .meta({ title: 'A row per' })
      .register(formHints, { labels: periodLabels }),
    timezone: z
      .string()
      .refine(isTimezone, { error: 'Expected an IANA time zone like Europe/Berlin', abort: true })
      .optional()
      .meta({
        title: 'Time zone',
        description: 'In which days begin and end; empty: the owner’s.',
      })
      .register(formHints, { widget: 'timezone' }),
    everyone: z
      .boolean()
      .default(false)
      .meta({
        title: 'Whose jobs',
        description: 'Everyone’s instead of the owner’s: for admins only.',
      })
      .register(formHints, { forAdmins: true, labels: { false: 'Mine', true: 'Everyone’s' } }),
  })
  .superRefine(({ from, to, timezone }, context) => {
    const problem = rangeProblem({ from, to }, timezone ?? 'UTC')
    if (problem) context.addIssue({ code: 'custom', ...problem })
  })
  .meta({
    examples: [{ period: 'daily', from: '2026-01-01', to: '2026-01-31', format: 'pdf' }],
  })
  .register(formHints, { start: { period: 'daily', format: 'pdf' } })
export type ReportInput = z.output<typeof reportInput>
