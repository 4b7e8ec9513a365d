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
                aria-label={`Select ${job.title}`}
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
              <span>{job.title}</span>
            ) : (
              <Link
                href={`/jobs/${job.id}`}
                prefetch={false}
                className={`${list.title} ${ui.clip}`}
              >
                {job.title}
              </Link>
            )}
            {job.status === 'failed' && job.error && (
              <span className={`${classes.reason} ${ui.clip}`}>{job.error.message}</span>
            )}
          </div>
        </div>
      </td>
      <td>
        {gone ? (
          'Deleted'
        ) : (
          <span className={list.over}>
            <StatusChip {...job} paused={listed.paused && job.status === listed.status} />
          </span>
        )}
      </td>
      <td className={list.quiet}>{!gone && <Progress job={job} />}</td>
      <td className={list.quiet}>
        <Ago at={job.createdAt} />
      </td>
      <td className={`${list.quiet} ${list.number}`}>
        <Ran job={job} />
      </td>
      {withOwner && <td className={list.quiet}>{listed.owner ?? 'System'}</td>}
    </tr>
  )
}

/** What happens now, or will happen next, in a few words. */
function Progress({ job }: { job: JobSummary }) {
  if (job.status === 'active' && job.progress) {
    return <ProgressBar percent={job.progress.percent} label={`Progress of ${job.title}`} />
  }
  if (job.status === 'scheduled') return <Ago at={job.runAt} />
  if (job.status === 'retrying' && job.nextAttemptAt) return <Ago at={job.nextAttemptAt} />
  return null
}

/** How long it ran, or runs; for one that waits for another attempt, which that is. */
function Ran({ job }: { job: JobSummary }) {
  const { status, attempt, maxAttempts, startedAt, finishedAt } = job
  if (status === 'retrying') return `${attempt} of ${maxAttempts}`
  if (!startedAt || status === 'queued') return null
  return (
    <>
      {attempt > 1 && `${attempt} of ${maxAttempts} · `}
      <RunningTime from={startedAt} to={finishedAt} />
    </>
  )
}
