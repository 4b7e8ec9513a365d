'use client'

import { useRef, useState } from 'react'
import { ActionForm } from '@/app/form/action-form'
import { PlainButton } from '../../../../_components/ui/button'
import { Dialog, type DialogHandle } from '../../../../_components/ui/dialog'
import { NewSecret } from '../../../../webhooks/new-secret'
import { rotate } from '../actions'

/** Asks, makes a new secret, and shows it this once. */
export function RotateSecret({ id }: { id: string }) {
  const dialog = useRef<DialogHandle>(null)
  // Each opening asks anew and shows no secret of an earlier one.
  const [opening, setOpening] = useState(0)
  return (
    <>
      <PlainButton
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
          action={rotate}
          submit="Rotate secret"
          done={({ secret = '' }) => <NewSecret secret={secret} title="The new secret" />}
        >
          <p style={{ margin: 0 }}>
            Messages are signed with the new secret at once; the present one ends.
          </p>
          <input type="hidden" name="id" value={id} />
        </ActionForm>
      </Dialog>
    </>
  )
}
