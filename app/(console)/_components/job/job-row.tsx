'use client'

import Link from 'next/link'
import type { JobSummary } from '@/lib/jobs/view'
import list from '../list/list.module.css'
import { useLiveJob } from '../live/use-live-job'
import { Ago } from '../time/ago'
import { RunningTime } from '../time/running-time'
import ui from '../ui/ui.module.css'
import classes from './job.module.css'
import { ProgressBar } from './progress-bar'
import { StatusChip } from './status-chip'
import { TypeIcon } from './type-icon'

/** A job as lists show it, before anything live is known. */
export type ListedJob = JobSummary & {
  /** The name of whose job it is, where people see those of others. */
  owner?: string
  /** A pause keeps it from starting, or will. */
  paused?: boolean
}

/** The form that the boxes of a list in which one chooses belong to. */
export const SELECTION = 'selection'

type Props = { job: ListedJob; withOwner: boolean; selectable: boolean }

/** One job of a list; changes in place. */
export function JobRow({ job: listed, withOwner, selectable }: Props) {
  const live = useLiveJob(listed)
  const gone = live === 'gone'
  const job = gone ? listed : live
  const { title, status, attempt, startedAt, finishedAt } = job
  const owner = listed.owner ?? 'System'
  return (
    <tr className={gone ? classes.gone : classes.row}>
      {selectable && (
        <td className={classes.choose}>
          {!gone && (
            <label>
              <input
                type="checkbox"
                name="job"
                value={job.id}
                form={SELECTION}
                aria-label={`Select ${title}`}
              />
            </label>
          )}
        </td>
      )}
      <td>
        <div className={list.subject}>
          <TypeIcon type={job.type} />
          <div>
            {gone ? (
              <span>{title}</span>
            ) : (
              <Link
                href={`/jobs/${job.id}`}
                prefetch={false}
                title={title}
                className={`${list.title} ${ui.clip}`}
              >
                {title}
              </Link>
            )}
            <About job={job} />
          </div>
        </div>
      </td>
      <td>
        {gone ? (
          'Deleted'
        ) : (
          <div className={`${classes.status} ${list.over}`}>
            <StatusChip {...job} paused={listed.paused && status === listed.status} />
            <Next job={job} />
          </div>
        )}
      </td>
      <td className={list.quiet}>{startedAt && <Ago at={startedAt} />}</td>
      <td className={`${list.quiet} ${list.number}`}>
        {startedAt && (status === 'active' || finishedAt) && (
          <RunningTime from={startedAt} to={finishedAt} />
        )}
        {attempt > 1 && (
          <small title={`Attempt ${attempt} of ${job.maxAttempts}`}> ×{attempt}</small>
        )}
      </td>
      {withOwner && (
        <td className={`${list.quiet} ${classes.owner}`}>
          <span className={ui.clip} title={owner}>
            {owner}
          </span>
        </td>
      )}
    </tr>
  )
}

/** The line below the title: what went wrong, or else what it is. */
function About({ job: { status, error, type, tags } }: { job: JobSummary }) {
  if (error && (status === 'failed' || status === 'retrying')) {
    return (
      <span className={`${classes.about} ${ui.clip}`} data-status={status}>
        {error.message}
      </span>
    )
  }
  return (
    <span className={`${classes.about} ${classes.minor} ${ui.clip}`}>
      {[type, ...tags.map((tag) => `#${tag}`)].join(' · ')}
    </span>
  )
}

/** What happens now, or will happen next. */
function Next({ job }: { job: JobSummary }) {
  const { status, progress, runAt, nextAttemptAt, waitingSince } = job
  if (status === 'active' && progress) {
    return <ProgressBar percent={progress.percent} label={`Progress of ${job.title}`} />
  }
  if (status === 'scheduled') return <Ago at={runAt} />
  const at = status === 'retrying' ? nextAttemptAt : status === 'queued' && waitingSince
  return at && <Ago at={at} />
}
