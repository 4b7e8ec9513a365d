'use client'

import { Textarea } from '@mantine/core'
import { useFormState } from '@/app/form/action-form'

/** What each job is given, as JSON. */
export function InputField({ start }: { start: string }) {
  const { errors, values } = useFormState()
  return (
    <Textarea
      name="input"
      label="Input"
      description="What each job is given, as JSON."
      placeholder={'{ "to": "ann@example.com", "template": "welcome" }'}
      defaultValue={values.input ?? start}
      error={errors.input}
      autosize
      minRows={4}
      maxRows={16}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
    />
  )
}
