'use client'

import { useCallback, useEffect, useState } from 'react'

/** What a form would post, field by field. */
export type Entries = readonly (readonly [name: string, value: string])[]

const nameOf = (draft: string) => `millrace draft ${draft}`

/** Keeps what a form holds for this tab, over reloads; where the browser keeps nothing, nothing is kept. */
export function keepDraft(draft: string, entries: Entries): void {
  try {
    sessionStorage.setItem(nameOf(draft), JSON.stringify(entries))
  } catch {
    // Too much for the browser, or it is told to keep nothing.
  }
}

/**
 * What a form held when it was last left without success, once the browser has looked for it.
 * @param draft names the form, and the person whose it is
 */
export function useDraft(draft: string) {
  const [found, setFound] = useState<Entries>()

  useEffect(() => setFound(readDraft(draft)), [draft])

  const drop = useCallback(() => {
    try {
      sessionStorage.removeItem(nameOf(draft))
    } catch {
      // Then there is none.
    }
  }, [draft])
  const discard = useCallback(() => {
    drop()
    setFound(undefined)
  }, [drop])
  return { found, drop, discard }
}

function readDraft(draft: string): Entries | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(nameOf(draft)) ?? '')
    return Array.isArray(kept) ? kept.filter(isEntry) : undefined
  } catch {
    return undefined
  }
}

function isEntry(entry: unknown): entry is [string, string] {
  return (
    Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === 'string')
  )
}
