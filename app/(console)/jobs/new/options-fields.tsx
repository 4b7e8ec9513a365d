'use client'

import { NumberInput, Radio, TextInput } from '@mantine/core'
import classes from './new.module.css'
import type { OptionValues } from './options'

type Props = {
  values: OptionValues
  errors: (path: string) => string | undefined
  onChange(values: OptionValues): void
}

/** When it runs; and, out of the way, how urgent it is and how it is marked. */
export function OptionsFields({ values, errors, onChange }: Props) {
  const set = (change: Partial<OptionValues>) => onChange({ ...values, ...change })
  const { when, at, priority, tags } = values
  return (
    <>
      <fieldset className={classes.when}>
        <legend>When</legend>
        <Radio label="Now" checked={when === 'now'} onChange={() => set({ when: 'now' })} />
        <Radio label="Later" checked={when === 'later'} onChange={() => set({ when: 'later' })} />
        {when === 'later' && (
          <TextInput
            type="datetime-local"
            aria-label="Date and time"
            description="In your time zone"
            value={at}
            error={errors('runAt')}
            onChange={(event) => set({ at: event.currentTarget.value })}
            maw={260}
          />
        )}
        <Radio
          label="On a schedule"
          checked={when === 'schedule'}
          onChange={() => set({ when: 'schedule' })}
        />
      </fieldset>
      <details
        className={classes.more}
        hidden={when === 'schedule'}
        open={Boolean(errors('priority') ?? errors('tags'))}
      >
        <summary>More</summary>
        <div>
          <NumberInput
            label="Priority"
            description="Lower is more urgent; below 10 is for admins"
            placeholder="10"
            min={1}
            max={1000}
            value={priority}
            error={errors('priority')}
            onChange={(value) => set({ priority: String(value) })}
          />
          <TextInput
            label="Tags"
            description="Separated by commas"
            placeholder="summer, newsletter"
            value={tags}
            error={errors('tags')}
            onChange={(event) => set({ tags: event.currentTarget.value })}
          />
        </div>
      </details>
    </>
  )
}
