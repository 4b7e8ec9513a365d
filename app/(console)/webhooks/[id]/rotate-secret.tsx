'use client'

import { useRef, useState } from 'react'
import { ActionForm } from '@/app/form/action-form'
import { PlainButton } from '../../_components/ui/button'
import { Dialog, type DialogHandle } from '../../_components/ui/dialog'
import { rotate } from '../actions'
import { NewSecret } from '../new-secret'

/** Asks, makes a new secret, and shows it this once. */
export function RotateSecret({ id }: { id: string }) {
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
          action={rotate}
          submit="Rotate secret"
          done={({ secret = '' }) => <NewSecret secret={secret} title="The new secret" />}
        >
          <p style={{ margin: 0 }}>
            For the next 24 hours each webhook carries two signatures, of the new secret and of this
            one. Give your receiver the new one before they are over. Rotating again in that time
            ends the present secret at once.
          </p>
          <input type="hidden" name="id" value={id} />
        </ActionForm>
      </Dialog>
    </>
  )
}
