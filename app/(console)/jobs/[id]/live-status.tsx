'use client'

import type { ListedJob } from '../../_components/job/job-row'
import { StatusChip } from '../../_components/job/status-chip'
import { useLiveJob } from '../../_components/live/use-live-job'

/** The status; changes in place, and is read out when it does. */
export function LiveStatus({ job }: { job: ListedJob }) {
  const live = useLiveJob(job)
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
