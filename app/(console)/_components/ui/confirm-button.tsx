'use client'

import { type ComponentProps, useId, useRef } from 'react'
import { ActionButton } from './action-button'
import { PlainButton } from './button'
import { Choice, type ChoiceProps } from './choice'
import { Dialog, type DialogHandle } from './dialog'
import classes from './ui.module.css'

type Props = Pick<ComponentProps<typeof ActionButton>, 'action' | 'fields'> &
  Pick<ComponentProps<typeof PlainButton>, 'icon' | 'kind' | 'size' | 'children' | 'aria-label'> & {
    /** The question. */
    title: string
    /** What will happen. */
    consequence: string
    choice?: ChoiceProps | undefined
    /** A verb and its object, e.g. `Delete file`. */
    confirm: string
    /** The way out; not `Cancel` where canceling is what is asked. */
    keep?: string
  }

/** A button for what cannot be undone: says what will happen, and asks. */
export function ConfirmButton({
  action,
  fields = {},
  title,
  consequence,
  choice,
  confirm,
  keep = 'Keep it',
  ...button
}: Props) {
  const dialog = useRef<DialogHandle>(null)
  const formId = useId()
  return (
    <>
      <PlainButton {...button} onClick={() => dialog.current?.open()} />
      <Dialog ref={dialog} title={title}>
        <p>{consequence}</p>
        {choice && <Choice {...choice} form={formId} />}
        <div className={`${classes.line} ${classes.end}`}>
          <PlainButton onClick={() => dialog.current?.close()}>{keep}</PlainButton>
          <ActionButton
            action={action}
            fields={fields}
            formId={formId}
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
