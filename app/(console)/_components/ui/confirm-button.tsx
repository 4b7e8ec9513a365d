'use client'

import { type ComponentProps, useRef } from 'react'
import { ActionButton } from './action-button'
import { PlainButton } from './button'
import { Dialog, type DialogHandle } from './dialog'
import classes from './ui.module.css'

type Props = Pick<ComponentProps<typeof ActionButton>, 'action' | 'fields' | 'choices'> &
  Pick<ComponentProps<typeof PlainButton>, 'icon' | 'kind' | 'size' | 'children' | 'aria-label'> & {
    /** The question. */
    title: string
    /** What will happen. */
    consequence: string
    /** A verb and its object, e.g. `Delete file`. */
    confirm: string
    /** The way out; not `Cancel` where canceling is what is asked. */
    keep?: string
  }

/** A button for what cannot be undone: says what will happen, and asks. */
export function ConfirmButton({
  action,
  fields = {},
  choices,
  title,
  consequence,
  confirm,
  keep = 'Keep it',
  ...button
}: Props) {
  const dialog = useRef<DialogHandle>(null)
  return (
    <>
      <PlainButton {...button} onClick={() => dialog.current?.open()} />
      <Dialog ref={dialog} title={title}>
        <p>{consequence}</p>
        <div className={`${classes.line} ${classes.end}`}>
          <PlainButton onClick={() => dialog.current?.close()}>{keep}</PlainButton>
          <ActionButton
            action={action}
            fields={fields}
            choices={choices}
            kind="danger"
            onDone={() => dialog.current?.close()}
          >
            {confirm}
          </ActionButton>
        </div>
      </Dialog>
    </>
  )
}
