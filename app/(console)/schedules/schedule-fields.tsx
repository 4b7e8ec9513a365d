'use client'

import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useFormState } from '@/app/form/action-form'
import { ChoiceField } from '@/app/form/fields'
import formClasses from '@/app/form/form.module.css'
import { useLiveInput } from '@/app/form/generated/live-input'
import { TimezoneField } from '@/app/form/timezone-field'
import { useAnswer } from '@/app/form/use-answer'
import ui from '../_components/ui/ui.module.css'
import { readPattern, type TimingReading } from './actions'
import { choices, cronOf, nameFor, type Pick, pickOf } from './picker'
import { ReadingPanel } from './reading'
import type { ScheduleStart } from './schedule-start'
import classes from './schedules.module.css'

const missed = [
  { value: 'skip', label: 'Skip it' },
  { value: 'run_once', label: 'Run once, as soon as possible' },
]

const overlap = [
  { value: 'allow', label: 'Run beside it' },
  { value: 'skip', label: 'Skip this time' },
]

type Props = {
  start: ScheduleStart
  /** What the job type is called; for the name of a new schedule. */
  label: string
}

/** When a schedule runs and what it is called; says in words what is being chosen. */
export function ScheduleFields({ start, label }: Props) {
  const { errors, values } = useFormState()
  const { posted } = useLiveInput()
  const [cron, setCron] = useState(values.cron ?? start.cron)
  const [name, setName] = useState(values.name ?? (start.name || undefined))
  const pick = pickOf(cron)
  const [isOpen, setOpen] = useState(!pick)
  const timezone = posted.timezone ?? start.timezone
  const { answer: reading } = useAnswer<TimingReading>(
    cron.trim() && timezone ? JSON.stringify({ cron, timezone }) : '',
    readTiming,
    start.reading,
  )
  const problem = (path: string) =>
    reading?.issues?.find((issue) => issue.path === path)?.message ?? errors[path]
  return (
    <>
      <input type="hidden" name="when" value="schedule" />
      <Picker pick={pick} onPick={(to) => setCron(cronOf(to))} />
      <div className={classes.timing}>
        <div className={ui.stack}>
          <TimezoneField
            name="timezone"
            label="Time zone"
            start={values.timezone ?? start.timezone}
            error={problem('timezone')}
          />
          {!start.system && (
            <TextInput
              name="name"
              label="Name of the schedule"
              autoComplete="off"
              value={name ?? nameFor(label, cron)}
              error={errors.name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <details
            className={formClasses.fold}
            open={isOpen || Boolean(errors.cron)}
            onToggle={(event) => setOpen(event.currentTarget.open)}
          >
            <summary>Advanced</summary>
            <div>
              <TextInput
                name="cron"
                label="Cron pattern"
                description="Minute, hour, day of month, month, day of week; seconds may come first."
                value={cron}
                error={problem('cron')}
                onChange={(event) => setCron(event.currentTarget.value)}
                spellCheck={false}
                autoComplete="off"
                classNames={{ input: ui.mono }}
              />
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
            </div>
          </details>
        </div>
        <section className={ui.card} aria-live="polite" aria-label="What this means">
          {reading && !reading.issues ? (
            <ReadingPanel {...reading} />
          ) : (
            <p className={ui.note}>What this means in words, and the next five runs.</p>
          )}
        </section>
      </div>
    </>
  )
}

type PickerProps = { pick: Pick | undefined; onPick(pick: Pick): void }

/** “Every Monday at 09:00”, chosen word by word. */
function Picker({ pick, onPick }: PickerProps) {
  const { every, time, day } = pick ?? { every: '', time: '09:00', day: '1' }
  const change = (to: Partial<Pick>) => onPick({ every, time, day, ...to })
  return (
    <div className={classes.picker}>
      <NativeSelect
        label="Every"
        value={every}
        onChange={(event) => change({ every: event.currentTarget.value })}
      >
        {!pick && <option value="">as the pattern says</option>}
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </NativeSelect>
      {every === 'month' && (
        <NativeSelect
          label="On day"
          value={day}
          data={Array.from({ length: 31 }, (_, index) => `${index + 1}`)}
          onChange={(event) => change({ day: event.currentTarget.value })}
        />
      )}
      {pick && every !== 'hour' && (
        <TextInput
          label="At"
          type="time"
          value={time}
          onChange={(event) => {
            // A time that is being typed is empty until it is one.
            if (event.currentTarget.value) change({ time: event.currentTarget.value })
          }}
        />
      )}
    </div>
  )
}

/** What a pattern means; nothing is known of it while the server does not answer. */
function readTiming(question: string): Promise<TimingReading> {
  return readPattern(JSON.parse(question)).catch(() => ({ issues: [] }))
}
