'use client'

import { formatDay, formatExact, formatExactUtc } from './exact'
import { useInBrowser } from './ticker'

/** A day in the reader's own time zone, in UTC until scripts run; the exact time on hover. */
export function Day({ at }: { at: string }) {
  const inBrowser = useInBrowser()
  return (
    <time dateTime={at} title={inBrowser ? formatExact(at) : formatExactUtc(at)}>
      {formatDay(at, inBrowser ? undefined : 'UTC')}
    </time>
  )
}
