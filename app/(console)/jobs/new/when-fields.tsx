'use client'

import { Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useFormState } from '@/app/form/action-form'
import { WhenReady } from '@/app/form/when-ready'
import { ScheduleFields } from '../../schedules/schedule-fields'
import { newSchedule } from '../../schedules/schedule-start'
import classes from './new.module.css'

const ends = { now: 'Now', later: 'Later', schedule: 'On a schedule' } as const

/** When it runs; and, out of the way, how urgent it is and how it is marked. */
export function WhenFields({ tags }: { tags: readonly string[] }) {
  const { errors, values } = useFormState()
  const [when, setWhen] = useState(values.when ?? 'now')
  const [local, setLocal] = useState('')
  const at = new Date(local)
  return (
    <>
      <fieldset className={classes.when}>
        <legend>When</legend>
        {/* What time is meant only the browser knows, so without scripts it is now. */}
        <WhenReady>
          {Object.entries(ends).map(([value, label]) => (
            <Radio
              key={value}
              name="when"
              value={value}
              label={label}
              checked={when === value}
              onChange={() => setWhen(value)}
            />
          ))}
        </WhenReady>
        {when === 'later' && (
          <>
            <TextInput
              type="datetime-local"
              label="Date and time"
              description="In your time zone"
              value={local}
              error={errors.runAt}
              onChange={(event) => setLocal(event.currentTarget.value)}
              maw={260}
            />
            <input
              type="hidden"
              name="runAt"
              value={Number.isNaN(at.getTime()) ? '' : at.toISOString()}
            />
          </>
        )}
      </fieldset>
      {when === 'schedule' ? (
        <ScheduleFields start={newSchedule} />
      ) : (
        <details className={classes.more} open={Boolean(errors.priority ?? errors.tags)}>
          <summary>More</summary>
          <div>
            <TextInput
              name="priority"
              type="number"
              label="Priority"
              description="Lower is more urgent; below 10 is for admins"
              placeholder="10"
              min={1}
              max={1000}
              defaultValue={values.priority ?? ''}
              error={errors.priority}
            />
            <TextInput
              name="tags"
              label="Tags"
              description="Separated by commas"
              placeholder="summer, newsletter"
              defaultValue={values.tags ?? tags.join(', ')}
              error={errors.tags}
            />
          </div>
        </details>
      )}
    </>
  )
}
