'use client'

import { useInBrowser } from '../_components/time/ticker'
import ui from '../_components/ui/ui.module.css'

/** A pattern in words, and the next times it comes. */
export type Reading = { words: string; next: readonly string[] }

/** What a pattern means: in words, and as the next times in the reader's own time zone. */
export function ReadingPanel({ words, next }: Reading) {
  return (
    <>
      <p className={ui.strong}>{words}</p>
      <ol className={ui.plain} aria-label="Next runs">
        {next.map((time) => (
          <li key={time}>
            <RunTime at={time} />
          </li>
        ))}
      </ol>
      {next.length > 0 && <p className={ui.note}>In your time zone</p>}
    </>
  )
}

/** When a run comes, with its weekday, in the reader's own time zone; in UTC until scripts run. */
function RunTime({ at }: { at: string }) {
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
