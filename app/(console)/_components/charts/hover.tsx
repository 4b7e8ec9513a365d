'use client'

import Link from 'next/link'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { hrefOf } from '../list/href'
import ui from '../ui/ui.module.css'
import classes from './charts.module.css'

/** The numbers of a chart, span by span. */
export type Numbers = {
  /** When the first span begins, in milliseconds since 1970. */
  first: number
  spanMs: number
  /** What else the jobs are found by, and by which of their times. */
  query: Record<string, string | undefined>
  by: 'ended' | 'created'
  lines: { name: string; kind: string; texts: string[] }[]
}

type Props = { numbers: Numbers; title: string }

/** The numbers of the span under the pointer, or reached by arrow keys; a click opens its jobs. */
export function Hover({ numbers, title }: Props) {
  const { first, spanMs, lines } = numbers
  const [index, setIndex] = useState<number>()
  const last = (lines[0]?.texts.length ?? 1) - 1
  const start = first + (index ?? last) * spanMs

  function onPointerMove(event: PointerEvent<HTMLAnchorElement>) {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - left) / width
    setIndex(Math.min(last, Math.max(0, Math.floor(share * (last + 1)))))
  }

  function onKeyDown(event: KeyboardEvent<HTMLAnchorElement>) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!step) return
    event.preventDefault()
    setIndex((current = last) => Math.min(last, Math.max(0, current + step)))
  }

  const left = index === undefined ? 0 : ((index + 0.5) / (last + 1)) * 100
  return (
    <>
      <Link
        href={hrefAt(start, numbers)}
        prefetch={false}
        className={classes.catcher}
        aria-label={`${title}: open the jobs of a time; choose it with the arrow keys`}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setIndex(undefined)}
        onFocus={() => setIndex((current = last) => current)}
        onBlur={() => setIndex(undefined)}
        onKeyDown={onKeyDown}
      />
      {index !== undefined && (
        <>
          <i className={classes.rule} style={{ left: `${left}%` }} />
          <div
            className={classes.numbers}
            data-side={left > 50 ? 'left' : 'right'}
            style={left > 50 ? { right: `${100 - left}%` } : { left: `${left}%` }}
            aria-live="polite"
          >
            <p className={ui.note}>{timesOf(start, spanMs)}</p>
            <dl>
              {lines.map(({ name, kind, texts }) => (
                <div key={name} data-status={kind} className={`${ui.line} ${ui.apart}`}>
                  <dt className={ui.dot}>{name}</dt>
                  <dd>{texts[index]}</dd>
                </div>
              ))}
            </dl>
          </div>
        </>
      )}
    </>
  )
}

const day = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

function timesOf(start: number, spanMs: number): string {
  const until = start + spanMs > Date.now() ? 'now' : clock.format(start + spanMs)
  return `${day.format(start)} ${clock.format(start)} – ${until}`
}

/** The jobs of a span. */
function hrefAt(start: number, { spanMs, query, by }: Numbers): string {
  const from = new Date(start).toISOString()
  const to = new Date(start + spanMs).toISOString()
  return hrefOf('/jobs', {
    ...query,
    ...(by === 'ended' ? { endedFrom: from, endedTo: to } : { from, to }),
  })
}
