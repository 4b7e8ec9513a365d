'use client'

import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useFormState } from '@/app/form/action-form'
import { type RecordChoices, SchemaFields } from '@/app/form/schema-fields'
import { useDraft } from './draft'
import classes from './schedules.module.css'
import type { TypeChoice } from './type-choices'

type Props = {
  types: TypeChoice[]
  type: string
  /** What its jobs are given. */
  input: unknown
  records: RecordChoices
  /** The input was filled in by the form of a new job, and waits in this tab. */
  isDraft: boolean
}

/** What a schedule's jobs do, and what they are given: the fields of the job type. */
export function InputFields({ types, type: startType, input, records, isDraft }: Props) {
  const { errors, values } = useFormState()
  const [type, setType] = useState(values.type ?? startType)
  const draft = useDraft(isDraft, startType)
  const fields = types.find(({ value }) => value === type)?.fields ?? []
  const issues = Object.entries(errors).map(([path, message]) => ({ path, message }))
  const start = type === startType ? (draft ?? input) : undefined
  return (
    <>
      <NativeSelect
        name="type"
        label="Job type"
        data={types.map(({ value, label }) => ({ value, label }))}
        value={type}
        onChange={(event) => setType(event.currentTarget.value)}
        error={errors.type}
        maw={360}
      />
      <fieldset className={classes.inputFields}>
        <legend>What each job is given</legend>
        <SchemaFields
          key={`${type} ${draft === undefined}`}
          fields={fields}
          values={start}
          issues={issues}
          typed={values.type === type ? values : undefined}
          records={records}
          prefix="input"
        />
      </fieldset>
    </>
  )
}
