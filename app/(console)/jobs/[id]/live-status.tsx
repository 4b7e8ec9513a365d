'use client'

import type { JobSummary } from '@/lib/jobs/view'
import { StatusChip } from '../../_components/job/status-chip'
import { useLiveJob } from '../../_components/live/use-live-job'

/** The status; changes in place, and is read out when it does. */
export function LiveStatus({ job }: { job: JobSummary }) {
  const live = useLiveJob(job)
  return <span role="status">{live === 'gone' ? 'Deleted' : <StatusChip {...live} />}</span>
}
