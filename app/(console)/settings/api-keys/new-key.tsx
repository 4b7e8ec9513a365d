'use client'

import { useFormState } from '@/app/form/action-form'
import { Notice } from '../../_components/ui/notice'
import { Secret } from '../../_components/ui/secret'

/** The key that was just created: the only time anyone sees it. */
export function NewKey() {
  const { secret } = useFormState()
  if (!secret) return null
  return (
    <Notice label="The new key">
      <p>
        <strong>Copy the key now.</strong> It is not kept and cannot be shown again.
      </p>
      <Secret text={secret} label="Copy the key" />
    </Notice>
  )
}
