'use client'

import { formatExact, formatExactUtc } from './exact'
import { useInBrowser } from './ticker'

/** A moment in the reader's own time zone; in UTC until scripts run. */
export function Moment({ at, precise = false }: { at: string; precise?: boolean }) {
  const inBrowser = useInBrowser()
  return (
    <time dateTime={at} title={at}>
      {inBrowser ? formatExact(at, precise) : formatExactUtc(at, precise)}
    </time>
  )
}
