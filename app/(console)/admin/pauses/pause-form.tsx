'use client'

import { ActionForm } from '@/app/form/action-form'
import { ChoiceField, TextField } from '@/app/form/fields'
import { Outcome } from '../../_components/ui/outcome'
import { pause } from './actions'

type Choice = { value: string; label: string }

type Props = {
  types: Choice[]
  start: { type: string; owner: string; tag: string; reason: string }
}

const HOUR = 60

const lengths: Choice[] = [
  { value: '15', label: '15 minutes' },
  { value: `${HOUR}`, label: '1 hour' },
  { value: `${4 * HOUR}`, label: '4 hours' },
  { value: `${24 * HOUR}`, label: '1 day' },
  { value: `${7 * 24 * HOUR}`, label: '1 week' },
  { value: '', label: 'Until somebody resumes them' },
]

/** Says which jobs are paused, for how long and why. */
export function PauseForm({ types, start }: Props) {
  return (
    <ActionForm
      action={pause}
      submit="Pause these jobs"
      done={(state) => <Outcome state={state} />}
    >
      <ChoiceField name="type" label="Type" data={types} start={start.type} />
      <TextField
        name="owner"
        label="Owner"
        description="The email address of their account. Empty: everybody’s jobs."
        autoComplete="off"
        defaultValue={start.owner}
        optional
      />
      <TextField
        name="tag"
        label="Tag"
        description="Empty: jobs with any tag, or none."
        autoComplete="off"
        defaultValue={start.tag}
        optional
      />
      <ChoiceField name="minutes" label="For" data={lengths} start={`${HOUR}`} />
      <TextField
        name="reason"
        label="Reason"
        description="Shown to the people whose jobs wait."
        autoComplete="off"
        defaultValue={start.reason}
      />
    </ActionForm>
  )
}
