'use client'

import { Checkbox, NativeSelect, Stack } from '@mantine/core'
import { useFormState } from '@/app/form/action-form'
import { NewSecret } from '../../_components/ui/secret'

const lifetimes = [
  { value: '90', label: '90 days' },
  { value: '30', label: '30 days' },
  { value: '365', label: 'A year' },
  { value: '0', label: 'No end' },
]

/** What a new key may do, and for how long; then the key, the only time anyone sees it. */
export function KeyOptions({ scopes }: { scopes: { value: string; label: string }[] }) {
  const { errors, secret } = useFormState()
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
      {secret && (
        <NewSecret
          title="The new key"
          lead="Copy the key now. It is not kept and cannot be shown again."
          label="Copy the key"
          secret={secret}
        />
      )}
    </>
  )
}
