'use client'

import { useEffect, useSyncExternalStore } from 'react'
import type { JobSummary } from '@/lib/jobs/view'
import { type LiveJob, lately, latest, listen, settle, watch } from './live-store'

/** The job as the stream knows it by now; what the server rendered until it says anything. */
export function useLiveJob(job: JobSummary): LiveJob {
  const live = useSyncExternalStore(
    watch,
    () => latest(job.id),
    () => undefined,
  )
  return live ?? job
}

/** To be called by what shows jobs the server sent: they are newer than what the stream said. */
export function useSettled(jobs: readonly JobSummary[]): void {
  useEffect(() => settle(jobs.map(({ id }) => id)), [jobs])
}

/**
 * Calls back with each message of the stream while the component is shown, and with those that came while
 * the page was on its way: the server had rendered it, and nobody listened yet.
 */
export function useLiveMessages(listener: (id: string, job: LiveJob) => void): void {
  useEffect(() => {
    for (const [id, job] of lately()) listener(id, job)
    return listen(listener)
  }, [listener])
}
