'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { Fact, Facts } from '../list/facts'
import type { TypeName } from '../palette/entries'
import { openPalette, usePaletteKeys } from '../palette/open-palette'
import { Palette } from '../palette/palette'
import { Dialog, type DialogHandle } from '../ui/dialog'
import { actOnRows, focusSearch, moveBy, selectRow } from './list-keys'
import { adminItem, furtherItems, navItems, newJob } from './nav-items'

const onLists = [
  { keys: ['j', 'k'], does: 'Next row, row before' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['x'], does: 'Select the row' },
  { keys: ['r'], does: 'Retry what is selected, the row or the job' },
  { keys: ['c'], does: 'Cancel it' },
]

/** Longest pause between the two keys of a sequence. */
const SEQUENCE_MS = 1_200

type Props = { isAdmin: boolean; types: readonly TypeName[] }

/** Keyboard shortcuts of the whole console, the list of them, and the palette. */
export function Shortcuts({ isAdmin, types }: Props) {
  const router = useRouter()
  const paletteKeys = usePaletteKeys()
  const dialog = useRef<DialogHandle>(null)
  const rooms = [...navItems, ...furtherItems, ...(isAdmin ? [adminItem] : [])]

  useEffect(() => {
    const pages = [...navItems, ...furtherItems, ...(isAdmin ? [adminItem] : [])]
    let goAt = 0
    /** What a key does; false where there is nothing to do it to. */
    const actions: Record<string, () => unknown> = {
      n: () => router.push(newJob.href),
      '?': () => dialog.current?.open(),
      '/': () => focusSearch() || openPalette(),
      j: () => moveBy(1),
      k: () => moveBy(-1),
      x: selectRow,
      r: () => actOnRows('r', 'Retry'),
      c: () => actOnRows('c', 'Cancel'),
    }
    const onKey = (event: KeyboardEvent) => {
      if (asksForPalette(event)) {
        event.preventDefault()
        openPalette()
        return
      }
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return
      const room =
        Date.now() - goAt < SEQUENCE_MS ? pages.find(({ key }) => key === event.key) : undefined
      goAt = event.key === 'g' ? Date.now() : 0
      const act = room ? () => router.push(room.href) : actions[event.key]
      if (act && act() !== false) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [router, isAdmin])

  const all = [
    { keys: paletteKeys.split(' '), does: 'Go anywhere, do what the page can, find a job' },
    { keys: ['/'], does: 'Search' },
    { keys: ['n'], does: 'New job' },
    ...onLists,
    ...rooms.map(({ key, label }) => ({ keys: ['g', key], does: label })),
    { keys: ['?'], does: 'Show this list' },
  ]
  return (
    <>
      <Palette isAdmin={isAdmin} types={types} />
      <Dialog ref={dialog} title="Keyboard shortcuts">
        <Facts layout="pairs">
          {all.map(({ keys, does }) => (
            <Fact key={does} name={keys.map((key) => <kbd key={key}>{key}</kbd>)}>
              {does}
            </Fact>
          ))}
        </Facts>
      </Dialog>
    </>
  )
}

/** ⌘K on a Mac, Ctrl-K elsewhere: also while something is typed. */
function asksForPalette({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey
}

function isTyping(target: EventTarget | null): boolean {
  // A dialog that has just been closed may hold the focus for a moment.
  if (!(target instanceof HTMLElement) || !target.checkVisibility()) return false
  if (target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type))
    return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}
