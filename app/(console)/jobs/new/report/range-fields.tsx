'use client'

import { NativeSelect, TextInput } from '@mantine/core'
import classes from './report.module.css'
import { daysOf, presets, type ReportValues } from './report-values'

type Props = {
  values: ReportValues
  now: Date
  errors: (path: string) => string | undefined
  onChange(change: Partial<ReportValues>): void
}

const periods = [
  { value: 'daily', label: 'Day' },
  { value: 'weekly', label: 'Week' },
  { value: 'monthly', label: 'Month' },
] as const

/** What time the report covers, and what one row of it stands for. */
export function RangeFields({ values, now, errors, onChange }: Props) {
  const { preset, period, timezone, from, to } = values
  return (
    <>
      <div className={classes.pair}>
        <NativeSelect
          label="Range"
          value={preset}
          data={presets}
          onChange={({ currentTarget }) => {
            const chosen = presets.find(({ value }) => value === currentTarget.value)?.value
            if (!chosen) return
            // Who goes on to choose dates starts from the ones just shown.
            const days = preset === 'dates' ? {} : daysOf(preset, now, timezone)
            onChange({ ...days, preset: chosen })
          }}
        />
        <NativeSelect
          label="A row per"
          value={period}
          data={periods}
          error={errors('input.period')}
          onChange={({ currentTarget }) => {
            const chosen = periods.find(({ value }) => value === currentTarget.value)
            if (chosen) onChange({ period: chosen.value })
          }}
        />
      </div>
      {preset === 'dates' && (
        <div className={classes.pair}>
          <TextInput
            type="date"
            label="First day"
            value={from}
            error={errors('input.from')}
            onChange={(event) => onChange({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="Last day"
            value={to}
            error={errors('input.to')}
            onChange={(event) => onChange({ to: event.currentTarget.value })}
          />
        </div>
      )}
    </>
  )
}
