'use client'

import type { JobSummary, Waiting } from '@/lib/jobs/view'
import { ProgressBar } from '../../_components/job/progress-bar'
import { useLiveJob } from '../../_components/live/use-live-job'
import { Ago } from '../../_components/time/ago'
import { Moment } from '../../_components/time/moment'
import { RunningTime } from '../../_components/time/running-time'
import ui from '../../_components/ui/ui.module.css'
import { waitsForATime } from './waits-for-a-time'

type Props = {
  job: JobSummary
  /** Why it waited when the server rendered the page; where it waits for a time, that is shown as it is. */
  waiting: Waiting | null
}

/** What happens to an unfinished job right now. */
export function LiveProgress({ job: rendered, waiting }: Props) {
  const job = useLiveJob(rendered)
  if (job === 'gone') {
    return <p className={ui.notice}>This job was deleted. What you see is how it was.</p>
  }
  // What a change has overtaken, the server says anew in a moment.
  const isSame = job.status === rendered.status && job.attempt === rendered.attempt
  const reason = isSame && waiting && !waitsForATime(waiting) ? waiting.message : undefined
  switch (job.status) {
    case 'active':
      return <Running job={job} />
    case 'queued':
      return <p className={ui.notice}>{reason ?? 'Waiting for a worker.'}</p>
    case 'scheduled':
      return (
        <p className={ui.notice}>
          {reason ?? (
            <>
              Starts <Ago at={job.runAt} />, on <Moment at={job.runAt} />.
            </>
          )}
        </p>
      )
    case 'retrying':
      return (
        <div className={ui.notice}>
          <p>
            Attempt {job.attempt} of {job.maxAttempts} failed
            {job.error ? `: ${job.error.message}` : '.'}
          </p>
          <Next at={job.nextAttemptAt} reason={reason} />
        </div>
      )
    default:
      return null
  }
}

function Next({ at, reason }: { at: string | null; reason: string | undefined }) {
  if (reason) return <p>{reason}</p>
  if (!at) return null
  return (
    <p>
      The next one starts by itself <Ago at={at} />, on <Moment at={at} />.
    </p>
  )
}

function Running({ job }: { job: JobSummary }) {
  const { progress, startedAt } = job
  return (
    <div className={ui.notice}>
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
