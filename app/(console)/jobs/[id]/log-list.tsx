'use client'

import { IconArrowsSort } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { LogView } from '@/lib/jobs/view'
import { followStream } from '../../_components/live/stream'
import { formatExact, formatExactUtc } from '../../_components/time/exact'
import { useInBrowser } from '../../_components/time/ticker'
import { PlainButton } from '../../_components/ui/button'
import { CopyButton } from '../../_components/ui/copy-button'
import ui from '../../_components/ui/ui.module.css'
import classes from './job.module.css'
import { readLogLines } from './log-lines'

const levels = new Map([
  ['warn', 'retrying'],
  ['error', 'failed'],
])

type Props = { jobId: string; lines: LogView[]; isCut: boolean; isOver: boolean }

/** The job's log; grows while it runs. */
export function LogList({ jobId, lines: rendered, isCut, isOver }: Props) {
  const [added, setAdded] = useState<LogView[]>([])
  const [newestFirst, setNewestFirst] = useState(false)
  const inBrowser = useInBrowser()

  useEffect(() => {
    if (isOver || isCut) return
    return followStream({
      url: `/api/v1/jobs/${jobId}/events`,
      on: { log: (data) => setAdded((known) => [...known, ...readLogLines(data)]) },
      onState: () => undefined,
      onGap: () => undefined,
    })
  }, [jobId, isOver, isCut])

  const lines = [...new Map([...rendered, ...added].map((line) => [line.id, line])).values()]
  const time = (at: string) => (inBrowser ? formatExact(at, true) : formatExactUtc(at, true))
  if (lines.length === 0) {
    return <p className={ui.nothing}>{isOver ? 'Nothing was logged.' : 'Nothing is logged yet.'}</p>
  }
  const withAttempts = lines.some(({ attempt }) => attempt > 1)
  const shown = newestFirst ? lines.toReversed() : lines
  return (
    <div>
      <div className={`${ui.line} ${ui.apart}`}>
        <PlainButton
          kind="quiet"
          size="small"
          icon={<IconArrowsSort size={15} aria-hidden />}
          onClick={() => setNewestFirst(!newestFirst)}
        >
          {newestFirst ? 'Newest first' : 'Oldest first'}
        </PlainButton>
        <CopyButton
          text={lines.map(({ at, level, message }) => `${at} ${level} ${message}`).join('\n')}
          label="Copy the log"
        >
          Copy
        </CopyButton>
      </div>
      <ol className={classes.log}>
        {shown.map(({ id, at, attempt, level, message }) => (
          <li key={id}>
            <time dateTime={at} title={time(at)}>
              {time(at).split(', ').at(-1)}
            </time>
            <span className={classes.logMessage}>
              {withAttempts && <span className={ui.note}>#{attempt} </span>}
              {level !== 'info' && <b data-status={levels.get(level)}>{level} </b>}
              {message}
            </span>
          </li>
        ))}
      </ol>
      {isCut && (
        <p className={ui.note}>
          The log is longer.{' '}
          <a href={`/api/v1/jobs/${jobId}/logs?limit=100`} className={ui.link}>
            Show all of it
          </a>
        </p>
      )}
    </div>
  )
}
