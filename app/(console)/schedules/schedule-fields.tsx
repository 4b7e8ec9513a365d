'use client'

import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useFormState } from '@/app/form/action-form'
import { ChoiceField, TextField } from '@/app/form/fields'
import { useLiveInput } from '@/app/form/live-input'
import { TimezoneField } from '@/app/form/timezone-field'
import { useAnswer } from '@/app/form/use-answer'
import { PlainButton } from '../_components/ui/button'
import { readPattern, type TimingReading } from './actions'
import { ReadingPanel } from './reading'
import type { ScheduleStart } from './schedule-start'
import classes from './schedules.module.css'

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
  const timezone = posted.timezone ?? start.timezone
  const { answer: reading } = useAnswer<TimingReading>(
    cron.trim() && timezone ? JSON.stringify({ cron, timezone }) : '',
    read,
    start.reading,
  )
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

/** What a pattern means; nothing is known of it while the server does not answer. */
function read(question: string): Promise<TimingReading> {
  return readPattern(JSON.parse(question)).catch(() => ({ issues: [] }))
}
