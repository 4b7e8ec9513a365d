'use client'

import { useCallback } from 'react'
import { formatDuration, millisecondsBetween } from '@/lib/format/duration'
import { useEverySecond } from './ticker'

/** How long something took, or has taken so far. */
export function RunningTime({ from, to }: { from: string; to: string | null }) {
  const text = useEverySecond(
    useCallback(
      (now) => (to ? formatDuration(millisecondsBetween(from, to)) : soFar(now - Date.parse(from))),
      [from, to],
    ),
  )
  return <span suppressHydrationWarning>{text}</span>
}

/** In whole seconds, since it is said anew each second. */
function soFar(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000))
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1_000)
}
