'use client'

import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { ActionForm, useFormState } from '@/app/form/action-form'
import { TextField } from '@/app/form/fields'
import type { FormState } from '@/lib/http/form-state'
import { InputField } from './input-field'
import type { Reading } from './reading'
import { TimingFields } from './timing-fields'

/** What the form begins with. */
export type ScheduleStart = {
  id?: string
  name: string
  type: string
  /** As JSON. */
  input: string
  cron: string
  /** Empty: the browser's. */
  timezone: string
  missedPolicy: string
  overlapPolicy: string
  /** Of a schedule of the system, only when it runs can be changed. */
  system: boolean
  reading?: Reading
}

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  submit: string
  start: ScheduleStart
  types: { value: string; label: string }[]
}

const missed = [
  { value: 'skip', label: 'Skip it' },
  { value: 'run_once', label: 'Run once, as soon as possible' },
]

const overlap = [
  { value: 'allow', label: 'Run beside it' },
  { value: 'skip', label: 'Skip this time' },
]

/** Makes or changes a schedule. */
export function ScheduleForm({ action, submit, start, types }: Props) {
  return (
    <ActionForm action={action} submit={submit}>
      {start.id && <input type="hidden" name="id" value={start.id} />}
      {!start.system && (
        <>
          <TextField name="name" label="Name" autoComplete="off" defaultValue={start.name} />
          <Choice name="type" label="Job type" data={types} start={start.type} />
          <InputField start={start.input} />
        </>
      )}
      <TimingFields cron={start.cron} timezone={start.timezone} reading={start.reading} />
      <Choice
        name="missedPolicy"
        label="When a run was missed"
        description="Because no worker was up at its time."
        data={missed}
        start={start.missedPolicy}
      />
      <Choice
        name="overlapPolicy"
        label="While an earlier run goes on"
        data={overlap}
        start={start.overlapPolicy}
      />
    </ActionForm>
  )
}

type ChoiceProps = {
  name: string
  label: string
  description?: ReactNode
  data: { value: string; label: string }[]
  start: string
}

function Choice({ name, start, ...props }: ChoiceProps) {
  const { errors, values } = useFormState()
  return (
    <NativeSelect
      {...props}
      name={name}
      defaultValue={values[name] ?? start}
      error={errors[name]}
      maw={360}
    />
  )
}
