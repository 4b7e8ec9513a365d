'use client'

import { useCallback } from 'react'
import { formatRelative } from '@/app/_server/format/relative-time'
import { formatExact, formatExactUtc } from './exact'
import { useEverySecond, useInBrowser } from './ticker'

/** A moment as people say it, kept up to date; the exact time on hover. */
export function Ago({ at }: { at: string }) {
  const inBrowser = useInBrowser()
  const text = useEverySecond(useCallback((now) => formatRelative(Date.parse(at), now), [at]))
  return (
    <time
      dateTime={at}
      title={inBrowser ? formatExact(at) : formatExactUtc(at)}
      suppressHydrationWarning
    >
      {text}
    </time>
  )
}
