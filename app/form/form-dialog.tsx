'use client'

import { type ComponentProps, type ReactNode, useRef, useState } from 'react'
import { PlainButton } from '@/app/(console)/_components/ui/button'
import { Dialog, type DialogHandle } from '@/app/(console)/_components/ui/dialog'
import { ActionForm } from './action-form'

type Props = ComponentProps<typeof ActionForm> & {
  /** The button that opens it. */
  button: ReactNode
  size?: 'small'
  icon?: ReactNode
  title: string
  consequence: string
}

/** A button that asks, in a form that is new at each opening. */
export function FormDialog({ button, title, consequence, children, size, icon, ...form }: Props) {
  const dialog = useRef<DialogHandle>(null)
  const [opening, setOpening] = useState(0)
  function open() {
    setOpening(opening + 1)
    dialog.current?.open()
  }
  return (
    <>
      <PlainButton {...(size ? { size } : {})} icon={icon} onClick={open}>
        {button}
      </PlainButton>
      <Dialog ref={dialog} title={title}>
        <ActionForm key={opening} {...form}>
          <p>{consequence}</p>
          {opening > 0 && children}
        </ActionForm>
      </Dialog>
    </>
  )
}
