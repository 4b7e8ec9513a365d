'use client'

import { useCallback, useEffect, useRef } from 'react'
import type { LiveJob } from './live-store'
import { useLiveMessages } from './use-live-job'
import { useRefresh } from './use-refresh'

/** Between two refreshes, however many jobs change. */
const PAUSE_MS = 1_500

/**
 * Renders the page anew when a job appears, goes, or changes its status.
 * @param since when the server rendered the page; the stream repeats what happened shortly before
 * @param batchId only jobs of this batch matter
 */
export function RefreshOnChange({ since, batchId }: { since: string; batchId?: string }) {
  const refresh = useRefresh()
  const statuses = useRef(new Map<string, string>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const refreshedAt = useRef(0)

  useEffect(() => () => clearTimeout(timer.current), [])

  useLiveMessages(
    useCallback(
      (id: string, job: LiveJob) => {
        if (batchId && job !== 'gone' && job.batchId !== batchId) return
        const status = job === 'gone' ? job : job.status
        const known = statuses.current.get(id)
        statuses.current.set(id, status)
        if (known === status || timer.current || (!known && isOld(job, since))) return
        const wait = Math.max(100, refreshedAt.current + PAUSE_MS - Date.now())
        timer.current = setTimeout(() => {
          timer.current = undefined
          refreshedAt.current = Date.now()
          refresh()
        }, wait)
      },
      [refresh, since, batchId],
    ),
  )
  return null
}

function isOld(job: LiveJob, since: string): boolean {
  if (job === 'gone') return false
  return (job.finishedAt ?? job.startedAt ?? job.createdAt) < since
}
