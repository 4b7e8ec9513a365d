'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Fact, Facts } from '../list/facts'
import type { TypeName } from '../palette/entries'
import { OPEN_PALETTE, usePaletteKeys } from '../palette/open-palette'
import { Dialog, type DialogHandle } from '../ui/dialog'
import { SEARCH_ID } from './top-line'

/** Loaded when it is asked for: most pages are left without it. */
const Palette = lazy(() => import('../palette/palette').then((all) => ({ default: all.Palette })))

const shortcuts = [
  { keys: ['/'], does: 'Search jobs' },
  { keys: ['g', 'o'], does: 'Go to the overview' },
  { keys: ['g', 'j'], does: 'Go to jobs' },
  { keys: ['g', 'f'], does: 'Go to files' },
  { keys: ['n'], does: 'New job' },
  { keys: ['?'], does: 'Show this list' },
]

const goTo: Record<string, string> = { o: '/', j: '/jobs', f: '/files' }

/** Longest pause between the two keys of a sequence. */
const SEQUENCE_MS = 1_200

type Props = { isAdmin: boolean; types: readonly TypeName[] }

/** Keyboard shortcuts of the whole console, the list of them, and the palette. */
export function Shortcuts({ isAdmin, types }: Props) {
  const router = useRouter()
  const paletteKeys = usePaletteKeys()
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  const dialog = useRef<DialogHandle>(null)

  useEffect(() => {
    let goAt = 0
    const showPalette = () => setPaletteOpen(true)
    const onKey = (event: KeyboardEvent) => {
      if (asksForPalette(event)) {
        event.preventDefault()
        if (!document.querySelector('dialog[open]')) showPalette()
        return
      }
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return
      const target = Date.now() - goAt < SEQUENCE_MS ? goTo[event.key] : undefined
      goAt = event.key === 'g' ? Date.now() : 0
      if (target) router.push(target)
      else if (event.key === 'n') router.push('/jobs/new')
      else if (event.key === '?') dialog.current?.open()
      else if (event.key === '/') document.getElementById(SEARCH_ID)?.focus()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    window.addEventListener(OPEN_PALETTE, showPalette)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener(OPEN_PALETTE, showPalette)
    }
  }, [router])

  return (
    <>
      {isPaletteOpen && (
        <Suspense>
          <Palette isAdmin={isAdmin} types={types} onClose={() => setPaletteOpen(false)} />
        </Suspense>
      )}
      <Dialog ref={dialog} title="Keyboard shortcuts">
        <Facts layout="card">
          {[{ keys: paletteKeys.split(' '), does: 'Go anywhere, find a job' }, ...shortcuts].map(
            ({ keys, does }) => (
              <Fact key={does} name={does}>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </Fact>
            ),
          )}
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
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}
