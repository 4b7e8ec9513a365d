'use client'

import type { JobSummary } from '@/lib/jobs/view'
import { ProgressBar } from '../../_components/job/progress-bar'
import { useLiveJob } from '../../_components/live/use-live-job'
import { Ago } from '../../_components/time/ago'
import { Moment } from '../../_components/time/moment'
import { RunningTime } from '../../_components/time/running-time'
import classes from './job.module.css'

/** What happens to an unfinished job right now. */
export function LiveProgress({ job: rendered }: { job: JobSummary }) {
  const job = useLiveJob(rendered)
  if (job === 'gone') {
    return <p className={classes.now}>This job was deleted. What you see is how it was.</p>
  }
  switch (job.status) {
    case 'active':
      return <Running job={job} />
    case 'queued':
      return <p className={classes.now}>Waiting for a worker. It starts as soon as one is free.</p>
    case 'scheduled':
      return (
        <p className={classes.now}>
          Starts <Ago at={job.runAt} />, on <Moment at={job.runAt} />.
        </p>
      )
    case 'retrying':
      return (
        <div className={classes.now}>
          <p>
            Attempt {job.attempt} of {job.maxAttempts} failed
            {job.error ? `: ${job.error.message}` : '.'}
          </p>
          {job.nextAttemptAt && (
            <p>
              The next one starts by itself <Ago at={job.nextAttemptAt} />.
            </p>
          )}
        </div>
      )
    default:
      return null
  }
}

function Running({ job }: { job: JobSummary }) {
  const { progress, startedAt } = job
  return (
    <div className={classes.now}>
      <ProgressBar percent={progress?.percent ?? 0} label="Progress" wide />
      <p>
        {job.cancelRequested ? 'Stopping' : (progress?.message ?? 'Started')}
        {startedAt && (
          <>
            {' '}
            · running for <RunningTime from={startedAt} to={null} />
          </>
        )}
      </p>
    </div>
  )
}
