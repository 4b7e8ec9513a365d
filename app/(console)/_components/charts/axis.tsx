'use client'

import { useInBrowser } from '../time/ticker'
import classes from './charts.module.css'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** How far apart the clock times are that an axis names, by what it spans. */
const steps = { hour: 15 * MINUTE, day: 4 * HOUR, week: 24 * HOUR } as const

export type Axis = keyof typeof steps

type Props = { axis: Axis; first: number; spanMs: number; count: number }

/** Round clock times below a chart, in the reader's own time zone; in UTC until scripts run. */
export function ClockAxis({ axis, first, spanMs, count }: Props) {
  const inBrowser = useInBrowser()
  const stepOf = (at: number) => {
    const shift = inBrowser ? new Date(at).getTimezoneOffset() * MINUTE : 0
    return Math.floor((at - shift) / steps[axis])
  }
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(axis === 'week' ? { weekday: 'short' } : { hour: '2-digit', minute: '2-digit' }),
    timeZone: inBrowser ? undefined : 'UTC',
  })
  const starts = Array.from({ length: count }, (_, index) => first + index * spanMs)
  return (
    <ul className={classes.when} aria-hidden>
      {starts.map((start, index) =>
        stepOf(start) !== stepOf(start - spanMs) ? (
          <li key={start} style={{ left: `${(100 * index) / count}%` }}>
            {format.format(start)}
          </li>
        ) : null,
      )}
    </ul>
  )
}
