import { z } from 'zod'
import { dayField, timeField } from '@/lib/format/time-fields'
import { MAX_YEARS, rangeProblem } from '@/lib/reports/range'
import { isTimezone } from '@/lib/schedules/zone'

const reportPeriods = ['daily', 'weekly', 'monthly'] as const
export const reportFormats = ['pdf', 'xlsx', 'csv'] as const
export type ReportFormat = (typeof reportFormats)[number]

const expected = 'Expected a day like 2026-01-31 or a time like 2026-01-31T12:00:00Z'
const bound = timeField(expected).or(dayField(expected))

/** What a report is asked to cover. */
export const reportInput = z
  .strictObject({
    period: z
      .enum(reportPeriods, { error: `Expected one of ${reportPeriods.join(', ')}` })
      .meta({ title: 'Period', description: 'What one row of the report stands for.' }),
    from: bound.optional().meta({
      title: 'From',
      description:
        'A day, or a time. Without from and to: the last 30 whole days, 12 whole weeks or 12 whole months.',
    }),
    to: bound.optional().meta({
      title: 'To',
      description: `The last day, itself included; or a time, itself not. At most ${MAX_YEARS} years after from.`,
    }),
    format: z
      .enum(reportFormats, { error: `Expected one of ${reportFormats.join(', ')}` })
      .meta({ title: 'Format' }),
    timezone: z
      .string()
      .refine(isTimezone, { error: 'Expected an IANA time zone like Europe/Berlin', abort: true })
      .optional()
      .meta({ title: 'Time zone', description: 'In which days begin; default: the owner’s.' }),
    everyone: z
      .boolean()
      .default(false)
      .meta({ title: 'Everyone’s jobs', description: 'Instead of the owner’s; for admins only.' }),
  })
  .superRefine(({ from, to, timezone }, context) => {
    const problem = rangeProblem({ from, to }, timezone ?? 'UTC')
    if (problem) context.addIssue({ code: 'custom', ...problem })
  })
  .meta({ examples: [{ period: 'daily', from: '2026-01-01', to: '2026-01-31', format: 'pdf' }] })
export type ReportInput = z.output<typeof reportInput>
