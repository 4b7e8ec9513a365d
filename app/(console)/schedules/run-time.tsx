'use client'

import { useInBrowser } from '../_components/time/ticker'

/** When a run comes, with its weekday, in the reader's own time zone; in UTC until scripts run. */
export function RunTime({ at }: { at: string }) {
  const inBrowser = useInBrowser()
  const date = new Date(at)
  const text = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(date.getUTCSeconds() > 0 ? { second: '2-digit' } : {}),
    ...(inBrowser ? {} : { timeZone: 'UTC', timeZoneName: 'short' }),
  }).format(date)
  return (
    <time dateTime={at} title={at}>
      {text}
    </time>
  )
}
