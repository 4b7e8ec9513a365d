'use client'

import { useEffect, useState } from 'react'
import type { Group } from './entries'

/** Typing stops this long before the server is asked, in milliseconds. */
const PAUSE_MS = 200
const SHORTEST = 3

export type Finding = { state: 'idle' | 'searching' | 'done' | 'failed'; groups: Group[] }

const idle: Finding = { state: 'idle', groups: [] }

/** What the server finds of a text; a search that was typed over is given up. */
export function useFind(typed: string): Finding {
  const [finding, setFinding] = useState(idle)
  const text = typed.trim()

  useEffect(() => {
    if (text.length < SHORTEST) return setFinding(idle)
    const controller = new AbortController()
    setFinding(({ groups }) => ({ state: 'searching', groups }))
    const timer = setTimeout(async () => {
      const groups = await ask(text, controller.signal).catch(() => undefined)
      if (controller.signal.aborted) return
      setFinding(groups ? { state: 'done', groups } : { state: 'failed', groups: [] })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [text])

  return finding
}

async function ask(text: string, signal: AbortSignal): Promise<Group[]> {
  const response = await fetch(`/find?${new URLSearchParams({ q: text })}`, { signal })
  if (!response.ok) throw new Error(`${response.status}`)
  const found: unknown = await response.json()
  const groups = new Map<string, Group>()
  for (const one of Array.isArray(found) ? found : []) {
    if (!isFound(one)) continue
    const { group: title, ...entry } = one
    const group = groups.get(title) ?? { title, entries: [] }
    group.entries.push({ ...entry, key: entry.href })
    groups.set(title, group)
  }
  return [...groups.values()]
}

type Found = { group: string; label: string; hint: string; href: string }

/** A page of an older version may meet a newer server. */
function isFound(value: unknown): value is Found {
  if (typeof value !== 'object' || value === null) return false
  const fields = new Map<string, unknown>(Object.entries(value))
  return ['group', 'label', 'hint', 'href'].every((name) => typeof fields.get(name) === 'string')
}
