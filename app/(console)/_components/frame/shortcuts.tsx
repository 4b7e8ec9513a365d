'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { Dialog, type DialogHandle } from '../ui/dialog'
import classes from './frame.module.css'
import { SEARCH_ID } from './top-line'

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

/** Keyboard shortcuts of the whole console, and the list of them. */
export function Shortcuts() {
  const router = useRouter()
  const dialog = useRef<DialogHandle>(null)

  useEffect(() => {
    let goAt = 0
    const onKey = (event: KeyboardEvent) => {
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
    return () => window.removeEventListener('keydown', onKey)
  }, [router])

  return (
    <Dialog ref={dialog} title="Keyboard shortcuts">
      <dl className={classes.shortcuts}>
        {shortcuts.map(({ keys, does }) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}
