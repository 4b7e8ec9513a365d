'use client'

import { IconX } from '@tabler/icons-react'
import { type ReactNode, type Ref, useId, useImperativeHandle, useRef } from 'react'
import classes from './dialog.module.css'

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
      <div className={classes.box}>
        <div className={classes.head}>
          <h2 id={titleId}>{title}</h2>
          <button
            type="button"
            className={classes.close}
            aria-label="Close"
            onClick={() => dialog.current?.close()}
          >
            <IconX size={18} aria-hidden />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
