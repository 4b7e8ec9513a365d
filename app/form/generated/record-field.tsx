import { NativeSelect } from '@mantine/core'
import type { ComponentProps } from 'react'

type RecordProps = Omit<ComponentProps<typeof NativeSelect>, 'value'> & {
  choices: { value: string; label: string }[]
  value: string
  /** What it is called to choose none. */
  none: string | undefined
}

/** Chooses a record by what people call it; one that is not among the choices stays. */
export function RecordField({ choices, value, none, ...props }: RecordProps) {
  const isKnown = value === '' || choices.some((choice) => choice.value === value)
  return (
    <NativeSelect {...props} defaultValue={value}>
      <option value="">{none ?? (choices.length > 0 ? '–' : 'There is none yet')}</option>
      {!isKnown && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </NativeSelect>
  )
}
