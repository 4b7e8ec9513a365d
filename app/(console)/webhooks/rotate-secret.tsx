'use client'

import type { ComponentProps } from 'react'
import { FormDialog } from '@/app/form/form-dialog'
import { NewSecret } from '../_components/ui/secret'

type Props = Pick<ComponentProps<typeof FormDialog>, 'action' | 'consequence' | 'size'> & {
  id: string
}

/** Asks, makes a new secret, and shows it this once. */
export function RotateSecret({ id, ...props }: Props) {
  return (
    <FormDialog
      {...props}
      button="Rotate secret"
      title="Rotate the signing secret"
      submit="Rotate secret"
      done={({ secret = '' }) => <NewSecret secret={secret} title="The new secret" />}
    >
      <input type="hidden" name="id" value={id} />
    </FormDialog>
  )
}
