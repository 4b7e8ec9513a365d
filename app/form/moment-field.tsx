'use client'

import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useFormState } from './action-form'

type Props = {
  name: string
  label: string
  /** What it begins with. */
  start?: Date
}

/** A moment, typed in the person's time zone and sent in UTC. */
export function MomentField({ name, label, start }: Props) {
  const { errors } = useFormState()
  const [local, setLocal] = useState(() => localTime(start))
  const at = new Date(local)
  return (
    <>
      <TextInput
        type="datetime-local"
        label={label}
        description="In your time zone"
        value={local}
        error={errors[name]}
        onChange={(event) => setLocal(event.currentTarget.value)}
        maw={260}
      />
      <input type="hidden" name={name} value={Number.isNaN(at.getTime()) ? '' : at.toISOString()} />
    </>
  )
}

/** A moment as `<input type="datetime-local">` takes it; empty for none. */
function localTime(at = new Date(Number.NaN)): string {
  if (Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
