'use client'

import { useEffect, useRef } from 'react'
import type { JobSummary } from '@/lib/jobs/view'
import type { LiveJob } from '../../_components/live/live-store'
import { useLiveJob, useSettled } from '../../_components/live/use-live-job'
import { useRefresh } from '../../_components/live/use-refresh'

/** Renders the page anew when its job takes a step; what lies between shows without that. */
export function JobLive({ jobs }: { jobs: [JobSummary] }) {
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

  return null
}

function stepOf(job: LiveJob): string {
  return job === 'gone' ? job : `${job.status} ${job.attempt} ${job.cancelRequested}`
}
