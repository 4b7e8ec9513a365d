'use client'

import { IconX } from '@tabler/icons-react'
import { type ReactNode, type Ref, useId, useImperativeHandle, useRef } from 'react'
import { PlainButton } from './button'
import classes from './ui.module.css'

export type DialogHandle = { open(): void; close(): void }

type Props = { ref: Ref<DialogHandle>; title: string; children: ReactNode }

/** The browser's own modal dialog: focus stays inside, Escape and a click beside it close it. */
export function Dialog({ ref, title, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useImperativeHandle(ref, () => ({
    open: () => dialog.current?.showModal(),
    close: () => dialog.current?.close(),
  }))
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same by itself
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={titleId}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close()
      }}
    >
      <div>
        <div className={classes.dialogHead}>
          <h2 id={titleId}>{title}</h2>
          <PlainButton
            kind="quiet"
            size="small"
            aria-label="Close"
            icon={<IconX size={18} aria-hidden />}
            onClick={() => dialog.current?.close()}
          />
        </div>
        {children}
      </div>
    </dialog>
  )
}
