'use client'

import { useEffect, useState } from 'react'

const KEY = 'millrace.schedule-draft'

type Draft = { type: string; input: unknown }

/**
 * Keeps the input of a job that is to become a schedule, in this tab: it may be long, and hold what
 * belongs into no address.
 * @returns the address of the form that goes on with it
 */
export function keepDraft(draft: Draft): string {
  sessionStorage.setItem(KEY, JSON.stringify(draft))
  return `/schedules/new?type=${encodeURIComponent(draft.type)}&draft=1`
}

/** The input that was kept for this type; undefined until scripts run, and when there is none. */
export function useDraft(isDraft: boolean, type: string): unknown {
  const [input, setInput] = useState<unknown>()
  useEffect(() => {
    if (isDraft) setInput(readDraft(type))
  }, [isDraft, type])
  return input
}

function readDraft(type: string): unknown {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    if (typeof draft !== 'object' || draft === null) return undefined
    return 'type' in draft && draft.type === type && 'input' in draft ? draft.input : undefined
  } catch {
    return undefined
  }
}
