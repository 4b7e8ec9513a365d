'use client'

import { Radio } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useFormState } from '@/app/form/action-form'
import { TextField } from '@/app/form/fields'
import formClasses from '@/app/form/form.module.css'
import { MomentField } from '@/app/form/moment-field'
import { WhenReady } from '@/app/form/when-ready'
import { ScheduleFields } from '../../schedules/schedule-fields'
import { newSchedule } from '../../schedules/schedule-start'
import classes from './new.module.css'

const ends = {
  now: 'Now',
  later: 'Later',
  schedule: 'On a schedule',
  list: 'To a list',
} as const
export type End = keyof typeof ends

type Props = {
  /** What is done now, later, on a schedule or to a list, e.g. `Send`. */
  verb: string
  /** What the job type is called. */
  label: string
  start: End
  tags: readonly string[]
  /** The fields of a list, where the type can go to one. */
  list: ReactNode
}

/** How it ends: as a job now or later, on a schedule, or as a job for each person on a list. */
export function Ends({ verb, label, start, tags, list }: Props) {
  const { errors, values } = useFormState()
  const [when, setWhen] = useState(values.when ?? start)
  const offered = Object.entries(ends).filter(([value]) => value !== 'list' || list)
  return (
    <>
      <fieldset className={classes.when}>
        <legend>{verb}</legend>
        {/* What time is meant only the browser knows, so without scripts it is now. */}
        <WhenReady>
          {offered.map(([value, name]) => (
            <Radio
              key={value}
              name="when"
              value={value}
              label={name}
              checked={when === value}
              onChange={() => setWhen(value)}
            />
          ))}
        </WhenReady>
      </fieldset>
      {when === 'later' && <RunAt />}
      {when === 'list' && list}
      {when === 'schedule' ? (
        <ScheduleFields start={newSchedule} label={label} />
      ) : (
        <details className={formClasses.fold} open={Boolean(errors.priority ?? errors.tags)}>
          <summary>More</summary>
          <div>
            {when !== 'list' && (
              <TextField
                name="priority"
                type="number"
                label="Priority"
                description="Lower is more urgent; below 10 is for admins"
                placeholder="10"
                autoComplete="off"
                optional
              />
            )}
            <TextField
              name="tags"
              label="Tags"
              description="Separated by commas"
              placeholder="summer, newsletter"
              autoComplete="off"
              defaultValue={tags.join(', ')}
              optional
            />
          </div>
        </details>
      )}
    </>
  )
}

/** When a job for later runs. */
function RunAt() {
  const { values } = useFormState()
  return <MomentField name="runAt" label="Date and time" start={new Date(values.runAt ?? '')} />
}
