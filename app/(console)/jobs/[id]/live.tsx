'use client'

import { useEffect, useRef } from 'react'
import type { ListedJob } from '../../_components/job/job-row'
import { StatusChip } from '../../_components/job/status-chip'
import type { LiveJob } from '../../_components/live/live-store'
import { useLiveJob, useSettled } from '../../_components/live/use-live-job'
import { useRefresh } from '../../_components/live/use-refresh'

type Props = {
  /** The page's job, and no other. */
  jobs: [ListedJob]
}

/** The status; changes in place and is read out, and the page is rendered again at each step of its job. */
export function LiveStatus({ jobs }: Props) {
  const [job] = jobs
  const refresh = useRefresh()
  const live = useLiveJob(job)
  const asked = useRef<string>(undefined)
  useSettled(jobs)

  useEffect(() => {
    const step = stepOf(live)
    if (step === stepOf(job)) {
      asked.current = undefined
    } else if (asked.current !== step) {
      asked.current = step
      refresh()
    }
  }, [live, job, refresh])

  return (
    <span role="status">
      {live === 'gone' ? (
        'Deleted'
      ) : (
        <StatusChip {...live} paused={job.paused && live.status === job.status} />
      )}
    </span>
  )
}

function stepOf(job: LiveJob): string {
  return job === 'gone' ? job : `${job.status} ${job.attempt} ${job.cancelRequested}`
}
