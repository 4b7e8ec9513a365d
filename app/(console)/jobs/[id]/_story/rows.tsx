'use client'

import { memo } from 'react'
import type { LogView } from '@/lib/jobs/view'
import { Ago } from '../../../_components/time/ago'
import { formatExact, formatExactUtc } from '../../../_components/time/exact'
import { Moment } from '../../../_components/time/moment'
import { RunningTime } from '../../../_components/time/running-time'
import { useInBrowser } from '../../../_components/time/ticker'
import ui from '../../../_components/ui/ui.module.css'
import type { Scale } from './scale'
import type { Step } from './steps'
import classes from './story.module.css'

type StepProps = {
  step: Step
  /** When what comes before it began. */
  since: string
  scale: Scale
  now: number
}

/** A step of a job, with its place in time. */
export function StepRow({ step, since, scale, now }: StepProps) {
  const { label, note, status, at, until, isProblem, isPause, next } = step
  const left = scale.place(Date.parse(at))
  const right = scale.place(until === null ? now : Date.parse(until))
  return (
    <li
      className={classes.step}
      data-status={status}
      data-pause={isPause}
      data-next={next && true}
      data-problem={isProblem || undefined}
    >
      <Clock at={at} since={since} />
      <div>
        {isProblem || !isPause ? <strong>{label}</strong> : label}
        {note && <span className={ui.note}> · {note}</span>}
        {next?.at && (
          <span className={ui.note}>
            {' '}
            <Ago at={next.at} />, on <Moment at={next.at} />
          </span>
        )}
      </div>
      <span className={classes.track} aria-hidden>
        <span
          className={until === at ? classes.mark : classes.bar}
          style={{ left: `${left}%`, width: until === at ? undefined : `${right - left}%` }}
        />
      </span>
      <span className={classes.took}>{until !== at && <RunningTime from={at} to={until} />}</span>
    </li>
  )
}

const problems = new Map([
  ['warn', 'retrying'],
  ['error', 'failed'],
])

type LineProps = Pick<StepProps, 'since' | 'scale'> & {
  line: Pick<LogView, 'at' | 'level' | 'message'>
}

/** A line of the log below its attempt. */
export function LineRow({ line: { at, level, message }, since, scale }: LineProps) {
  const problem = problems.get(level)
  return (
    <li className={classes.line} data-status={problem} data-problem={problem && true}>
      <Clock at={at} since={since} />
      <span>
        {problem ? <strong>{message}</strong> : message}
        {problem && <span className={ui.unseen}> ({level})</span>}
      </span>
      <span className={classes.track} aria-hidden>
        <span className={classes.mark} style={{ left: `${scale.place(Date.parse(at))}%` }} />
      </span>
    </li>
  )
}

type ClockProps = { at: string; since: string }

/** The time of the day, with the day where that is another than before. */
const Clock = memo(function Clock({ at, since }: ClockProps) {
  const inBrowser = useInBrowser()
  const [day, exact] = [since, at].map((time) =>
    inBrowser ? formatExact(time, true) : formatExactUtc(time, true),
  )
  const [date = '', time = ''] = exact?.replace(' UTC', '').split(', ') ?? []
  return (
    <time dateTime={at} title={exact}>
      {!day?.startsWith(date) && <span>{date} </span>}
      {time}
    </time>
  )
})
