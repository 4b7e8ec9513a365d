'use client'

import { type ReactNode, useRef, useState } from 'react'
import { ActionForm } from '@/app/form/action-form'
import type { FormState } from '@/lib/http/form-state'
import { PlainButton } from '../_components/ui/button'
import { Dialog, type DialogHandle } from '../_components/ui/dialog'
import { NewSecret } from './new-secret'

type Props = {
  id: string
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** What follows from it. */
  children: ReactNode
}

/** Asks, makes a new secret, and shows it this once. */
export function RotateSecret({ id, action, children }: Props) {
  const dialog = useRef<DialogHandle>(null)
  // Each opening asks anew and shows no secret of an earlier one.
  const [opening, setOpening] = useState(0)
  return (
    <>
      <PlainButton
        size="small"
        onClick={() => {
          setOpening(opening + 1)
          dialog.current?.open()
        }}
      >
        Rotate secret
      </PlainButton>
      <Dialog ref={dialog} title="Rotate the signing secret">
        <ActionForm
          key={opening}
          action={action}
          submit="Rotate secret"
          done={({ secret = '' }) => <NewSecret secret={secret} title="The new secret" />}
        >
          <p>{children}</p>
          <input type="hidden" name="id" value={id} />
        </ActionForm>
      </Dialog>
    </>
  )
}
