'use client'

import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useInBrowser } from '@/app/(console)/_components/time/ticker'
import { dayWords, lastDays, wallDayOf } from '@/lib/reports/range'
import { isTimezone } from '@/lib/time/zone'
import { useFormState } from '../action-form'
import { useLiveInput } from './live-input'
import type { Placed } from './placed'
import classes from '../form.module.css'

const presets = {
  week: 'Last 7 days',
  days: 'Last 30 days',
  month: 'This month',
  lastMonth: 'Last month',
  year: 'This year',
} as const

const DAY = 24 * 3_600_000

/** The first and the last day of a report, by what people call them; a schedule's move on with each run. */
export function DaysField({ bounds }: { bounds: readonly Placed[] }) {
  const { status, values, errors } = useFormState()
  const { posted } = useLiveInput()
  const inBrowser = useInBrowser()
  const textOf = ({ name, value }: Placed) =>
    (status === 'failed' ? values[name] : undefined) ?? String(value ?? '')
  const first = bounds.some((bound) => textOf(bound)) ? 'dates' : 'days'
  const [preset, setPreset] = useState(values.range?.replace('before', 'days') ?? first)
  const [shownBefore, setShownBefore] = useState<readonly string[]>()
  const isRepeated = posted.when === 'schedule'
  const zone = Object.entries(posted).find(([name]) => name.endsWith('.timezone'))?.[1] ?? ''
  const days = inBrowser ? daysOf(preset, isTimezone(zone) ? zone : 'UTC') : []
  return (
    <>
      <NativeSelect
        name="range"
        label="Range"
        className={isRepeated ? classes.wide : classes.short}
        value={isRepeated && preset !== 'dates' ? 'before' : preset}
        onChange={({ currentTarget: { value } }) => {
          // Who goes on to choose dates starts from the ones just shown.
          setShownBefore(days)
          setPreset(value === 'before' ? 'days' : value)
        }}
      >
        {isRepeated ? (
          <option value="before">The time before each run</option>
        ) : (
          Object.entries(presets).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))
        )}
        <option value="dates">Choose dates</option>
      </NativeSelect>
      {bounds.map((bound, index) => {
        const { name, field } = bound
        if (preset !== 'dates') {
          const day = days[index]
          return !isRepeated && day && <input key={name} type="hidden" name={name} value={day} />
        }
        const text = textOf(bound) || (shownBefore?.[index] ?? '')
        return (
          <TextInput
            key={`${name} as a field`}
            name={name}
            label={field.label}
            // What is a time of day, as the API takes it, is no day.
            type={/^(\d{4}-\d\d-\d\d)?$/.test(text) ? 'date' : 'text'}
            defaultValue={text}
            error={errors[name]}
            className={classes.short}
          />
        )
      })}
    </>
  )
}

/** First and last day of what a preset stands for, today included; none for dates that are chosen. */
function daysOf(preset: string, timezone: string): string[] {
  const now = new Date()
  const today = wallDayOf(now, timezone)
  const date = new Date(today)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const days = (from: number, to: number) => [dayWords(from), dayWords(to)]
  switch (preset) {
    case 'week':
      return Object.values(lastDays(7, now, timezone))
    case 'days':
      return Object.values(lastDays(30, now, timezone))
    case 'month':
      return days(Date.UTC(year, month), today)
    case 'lastMonth':
      return days(Date.UTC(year, month - 1), Date.UTC(year, month) - DAY)
    case 'year':
      return days(Date.UTC(year, 0), today)
    default:
      return []
  }
}
