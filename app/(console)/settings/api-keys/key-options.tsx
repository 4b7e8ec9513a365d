'use client'

import { Checkbox, NativeSelect, Stack } from '@mantine/core'
import { useFormState } from '@/app/form/action-form'

const lifetimes = [
  { value: '90', label: '90 days' },
  { value: '30', label: '30 days' },
  { value: '365', label: 'A year' },
  { value: '0', label: 'No end' },
]

/** What a new key may do, and for how long. */
export function KeyOptions({ scopes }: { scopes: { value: string; label: string }[] }) {
  const { errors } = useFormState()
  return (
    <>
      <Checkbox.Group
        label="It may"
        error={errors.scopes}
        defaultValue={scopes.map(({ value }) => value).filter((value) => value !== 'admin')}
      >
        <Stack gap="xs" mt={4}>
          {scopes.map(({ value, label }) => (
            <Checkbox key={value} name="scopes" value={value} label={label} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSelect name="days" label="Works for" data={lifetimes} maw={200} />
    </>
  )
}
