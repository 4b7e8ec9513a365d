'use client'

import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import ui from '../ui/ui.module.css'
import type { TypeName } from './entries'
import { OPEN_PALETTE } from './open-palette'
import classes from './palette.module.css'

/** Loaded when it is asked for: most pages are left without it. */
const Results = lazy(() => import('./results').then((all) => ({ default: all.Results })))

/** Keys that choose among the results. */
const choosing = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter']

/** Takes one of these keys. */
export type TakesKey = (key: string) => void

type Props = { isAdmin: boolean; types: readonly TypeName[] }

/**
 * Goes anywhere and does what the page can, by typing. Its field is there from the start, so that it has the
 * focus before the next key; what is pressed until its results are loaded waits for them.
 */
export function Palette({ isAdmin, types }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const takesKey = useRef<TakesKey>(null)
  const waiting = useRef<string[]>([])
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState('')

  useEffect(() => {
    const open = () => {
      if (document.querySelector('dialog[open]')) return
      dialog.current?.showModal()
      setOpen(true)
    }
    window.addEventListener(OPEN_PALETTE, open)
    return () => window.removeEventListener(OPEN_PALETTE, open)
  }, [])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same by itself
    <dialog
      ref={dialog}
      className={`${ui.dialog} ${classes.palette}`}
      aria-label="Go to or search"
      onClose={() => {
        setOpen(false)
        setTyped('')
        waiting.current = []
      }}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close()
      }}
    >
      <div className={classes.field}>
        <IconSearch size={18} aria-hidden />
        <input
          type="text"
          role="combobox"
          aria-label="Command"
          aria-expanded={isOpen}
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-activedescendant={isOpen ? `${id}active` : undefined}
          placeholder="Go to a page, do something here, find a job"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || !choosing.includes(event.key)) return
            event.preventDefault()
            if (takesKey.current) takesKey.current(event.key)
            else waiting.current.push(event.key)
          }}
        />
        <kbd aria-hidden>Esc</kbd>
      </div>
      {isOpen && (
        <Suspense
          fallback={
            <div id={`${id}list`} role="listbox" aria-label="Results">
              <div id={`${id}active`} role="option" aria-selected aria-disabled tabIndex={-1}>
                Loading …
              </div>
            </div>
          }
        >
          <Results
            id={id}
            typed={typed}
            isAdmin={isAdmin}
            types={types}
            takesKey={takesKey}
            waiting={waiting}
            close={() => dialog.current?.close()}
          />
        </Suspense>
      )}
    </dialog>
  )
}
