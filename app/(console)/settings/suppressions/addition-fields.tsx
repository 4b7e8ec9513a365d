'use client'

import { Textarea } from '@mantine/core'
import { useFormState } from '@/app/form/action-form'
import { ChoiceField } from '@/app/form/fields'

/** Which addresses to leave out, and why. */
export function AdditionFields({ reasons }: { reasons: { value: string; label: string }[] }) {
  const { errors, values } = useFormState()
  return (
    <>
      <Textarea
        name="emails"
        label="Addresses"
        description="One or many, separated by line breaks, spaces or commas."
        placeholder="ann@example.com"
        autosize
        minRows={2}
        maxRows={10}
        spellCheck={false}
        defaultValue={values.emails ?? ''}
        error={errors.emails}
      />
      <ChoiceField name="reason" label="Reason" data={reasons} start="BOUNCE" />
    </>
  )
}
