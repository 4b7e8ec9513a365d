'use client'

import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useFormState } from '@/app/form/action-form'
import { ChoiceField, TextField } from '@/app/form/fields'
import { useLiveInput } from '@/app/form/live-input'
import { TimezoneField } from '@/app/form/timezone-field'
import { PlainButton } from '../_components/ui/button'
import { readPattern, type TimingReading } from './actions'
import { type Reading, ReadingPanel } from './reading'
import type { ScheduleStart } from './schedule-start'
import classes from './schedules.module.css'

/** Typing stops this long before the pattern is read, in milliseconds. */
const PAUSE_MS = 250

const suggestions = [
  { cron: '0 * * * *', label: 'Every hour' },
  { cron: '0 9 * * *', label: 'Every day at 09:00' },
  { cron: '0 9 * * 1-5', label: 'On workdays at 09:00' },
  { cron: '0 9 * * 1', label: 'On Mondays at 09:00' },
  { cron: '0 0 1 * *', label: 'On the first of the month' },
]

const missed = [
  { value: 'skip', label: 'Skip it' },
  { value: 'run_once', label: 'Run once, as soon as possible' },
]

const overlap = [
  { value: 'allow', label: 'Run beside it' },
  { value: 'skip', label: 'Skip this time' },
]

/** What a schedule is called and when it runs; says in words what is being typed. */
export function ScheduleFields({ start }: { start: ScheduleStart }) {
  const { errors, values } = useFormState()
  const { posted } = useLiveInput()
  const [cron, setCron] = useState(values.cron ?? start.cron)
  const reading = useReading(cron, posted.timezone, start.reading)
  const problem = (path: string) =>
    reading?.issues?.find((issue) => issue.path === path)?.message ?? errors[path]
  return (
    <>
      <input type="hidden" name="when" value="schedule" />
      {!start.system && (
        <TextField
          name="name"
          label="Name of the schedule"
          autoComplete="off"
          defaultValue={start.name}
        />
      )}
      <div className={classes.timing}>
        <div className={classes.pattern}>
          <TextInput
            name="cron"
            label="Runs at"
            description="Cron: minute, hour, day of month, month, day of week; seconds may come first."
            value={cron}
            error={problem('cron')}
            onChange={(event) => setCron(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
            classNames={{ input: classes.mono }}
          />
          <div className={classes.suggestions}>
            {suggestions.map((suggestion) => (
              <PlainButton
                key={suggestion.cron}
                size="small"
                aria-pressed={cron === suggestion.cron}
                onClick={() => setCron(suggestion.cron)}
              >
                {suggestion.label}
              </PlainButton>
            ))}
          </div>
          <TimezoneField
            name="timezone"
            label="Time zone"
            start={values.timezone ?? start.timezone}
            error={problem('timezone')}
          />
        </div>
        <section className={classes.reading} aria-live="polite" aria-label="What this means">
          {reading && !reading.issues ? (
            <ReadingPanel {...reading} />
          ) : (
            <p className={classes.dim}>What this means in words, and the next five runs.</p>
          )}
        </section>
      </div>
      <ChoiceField
        name="missedPolicy"
        label="When a run was missed"
        description="Because no worker was up at its time."
        data={missed}
        start={start.missedPolicy}
      />
      <ChoiceField
        name="overlapPolicy"
        label="While an earlier run goes on"
        data={overlap}
        start={start.overlapPolicy}
      />
    </>
  )
}

/** What the server makes of the pattern; the answer before until it says. */
function useReading(cron: string, timezone: string | undefined, first: Reading | undefined) {
  const [reading, setReading] = useState<TimingReading | undefined>(
    first && { ...first, next: [...first.next] },
  )

  useEffect(() => {
    if (cron.trim() === '') return setReading(undefined)
    if (timezone === undefined) return
    let isCurrent = true
    const timer = setTimeout(async () => {
      const answer = await readPattern({ cron, timezone }).catch(() => undefined)
      if (isCurrent) setReading(answer)
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [cron, timezone])

  return reading
}
