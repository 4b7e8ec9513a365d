'use client'

import { IconArrowsSort } from '@tabler/icons-react'
import { type UIEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AttemptView, JobSummary, LogView, Waiting } from '@/lib/jobs/view'
import { ProgressBar } from '../../../_components/job/progress-bar'
import { useLiveJob } from '../../../_components/live/use-live-job'
import { useEverySecond, useInBrowser } from '../../../_components/time/ticker'
import { PlainButton } from '../../../_components/ui/button'
import { CopyButton } from '../../../_components/ui/copy-button'
import { Section } from '../../../_components/ui/section'
import ui from '../../../_components/ui/ui.module.css'
import { LineRow, StepRow } from './rows'
import { scaleOf } from './scale'
import { stepsOf } from './steps'
import classes from './story.module.css'
import { useLog } from './use-log'

/** Whoever is this near to the end of the log wants to see what is added to it, in pixels. */
const NEAR_END = 40

type Props = {
  job: JobSummary
  attempts: AttemptView[]
  lines: LogView[]
  /** There are earlier lines. */
  isCut: boolean
  waiting: Waiting | null
  /** The server's time, so that what runs begins in the browser as it was rendered. */
  renderedAt: number
}

/** Attempts, pauses, log lines and what comes next, on one scale of time; grows while the job runs. */
export function Story({ job, attempts, lines: rendered, isCut, waiting, renderedAt }: Props) {
  const live = useLiveJob(job)
  const isOver = job.finishedAt !== null
  const lines = useLog(job.id, rendered, isOver)
  const [newestFirst, setNewestFirst] = useState(false)
  const inBrowser = useInBrowser()
  const second = useEverySecond(useCallback((at) => (isOver ? '' : String(at)), [isOver]))
  const now = inBrowser ? Number(second) : renderedAt
  const steps = useMemo(() => stepsOf(job, attempts, waiting), [job, attempts, waiting])
  const scale = useMemo(() => scaleOf(steps, now), [steps, now])
  const box = useFollowedEnd(!isOver && !newestFirst, lines.length)

  const rowOf = (line: LogView, since: string) => (
    <LineRow key={`line-${line.id}`} line={line} since={since} scale={scale} />
  )
  const rows = steps.flatMap((step, index) => {
    const before = steps[index - 1]?.at ?? step.at
    const said = lines.filter(({ attempt }) => attempt === step.attempt)
    const error = attempts.find(({ number }) => number === step.attempt)?.error
    if (error && step.until && !said.some(({ message }) => message === error.message)) {
      const { key: id, until: at, attempt = 0 } = step
      said.push({ id, attempt, level: 'error', message: error.message, at })
    }
    return [
      <StepRow key={step.key} step={step} since={before} scale={scale} now={now} />,
      ...said.map((line) => rowOf(line, step.at)),
    ]
  })
  // Of an attempt that began a moment ago: the page is on its way.
  const known = new Set(steps.map(({ attempt }) => attempt))
  for (const line of lines) if (!known.has(line.attempt)) rows.push(rowOf(line, line.at))
  return (
    <Section
      id="story"
      title="What happened"
      action={
        <div className={ui.line}>
          <PlainButton
            kind="quiet"
            size="small"
            icon={<IconArrowsSort size={15} aria-hidden />}
            onClick={() => setNewestFirst(!newestFirst)}
          >
            {newestFirst ? 'Newest first' : 'Oldest first'}
          </PlainButton>
          {lines.length > 0 && (
            <CopyButton
              text={lines.map(({ at, level, message }) => `${at} ${level} ${message}`).join('\n')}
              label="Copy the log"
            >
              Copy
            </CopyButton>
          )}
        </div>
      }
    >
      {live === 'gone' && (
        <p className={ui.notice}>This job was deleted. What you see is how it was.</p>
      )}
      {live !== 'gone' && live.status === 'active' && <Progress job={live} />}
      {isCut && (
        <p className={ui.note}>
          Earlier log lines are left out.{' '}
          <a href={`/api/v1/jobs/${job.id}/logs?limit=100`} className={ui.link}>
            Show all of the log
          </a>
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section {...box} className={classes.story} tabIndex={0} aria-label="Steps and log">
        <div className={classes.axis} aria-hidden>
          <div>
            {scale.ticks.map(({ at, label }) => (
              <span key={label} style={{ left: `${at}%` }}>
                {label}
              </span>
            ))}
          </div>
        </div>
        <ol>{newestFirst ? rows.toReversed() : rows}</ol>
      </section>
    </Section>
  )
}

function Progress({ job: { progress, cancelRequested } }: { job: JobSummary }) {
  return (
    <div className={classes.progress}>
      <ProgressBar percent={progress?.percent ?? 0} label="Progress" wide />
      {cancelRequested ? 'Stopping' : (progress?.message ?? 'Started')}
    </div>
  )
}

/** A box that stays scrolled to its end while it gets longer, unless somebody has scrolled away from there. */
function useFollowedEnd(follows: boolean, length: number) {
  const ref = useRef<HTMLElement>(null)
  const isAtEnd = useRef(true)
  useEffect(() => {
    const { current } = ref
    if (current && follows && length > 0 && isAtEnd.current)
      current.scrollTop = current.scrollHeight
  }, [follows, length])
  const onScroll = ({ currentTarget }: UIEvent<HTMLElement>) => {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END
  }
  return { ref, onScroll }
}
