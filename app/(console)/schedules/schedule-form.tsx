'use client'

import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { ActionForm, useFormState } from '@/app/form/action-form'
import { TextField } from '@/app/form/fields'
import type { RecordChoices } from '@/app/form/schema-fields'
import type { FormState } from '@/lib/http/form-state'
import { InputFields } from './input-fields'
import type { Reading } from './reading'
import { TimingFields } from './timing-fields'
import type { TypeChoice } from './type-choices'

/** What the form begins with. */
export type ScheduleStart = {
  id?: string
  name: string
  type: string
  /** Undefined: nothing yet. */
  input?: unknown
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
  types: TypeChoice[]
  records: RecordChoices
  /** The input was filled in by the form of a new job. */
  isDraft?: boolean
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
export function ScheduleForm({ action, submit, start, types, records, isDraft }: Props) {
  return (
    <ActionForm action={action} submit={submit}>
      {start.id && <input type="hidden" name="id" value={start.id} />}
      {!start.system && (
        <>
          <TextField name="name" label="Name" autoComplete="off" defaultValue={start.name} />
          <InputFields
            types={types}
            type={start.type}
            input={start.input}
            records={records}
            isDraft={isDraft ?? false}
          />
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
