'use client'

import { useEffect, useState } from 'react'
import { isJobSummary } from '../job/job-summary'
import type { Entry } from './entries'

/** Typing stops this long before the server is asked, in milliseconds. */
const PAUSE_MS = 200
/** Shorter texts are in too many jobs to be of use, and no index helps to find them. */
const SHORTEST = 3
const LONGEST = 200
const MOST = 6

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

export type JobSearch = { state: 'idle' | 'searching' | 'done' | 'failed'; entries: Entry[] }

const idle: JobSearch = { state: 'idle', entries: [] }

/** The jobs that have the text in them, or the id; a search that was typed over is given up. */
export function useJobSearch(typed: string): JobSearch {
  const [search, setSearch] = useState(idle)
  const text = typed.trim()

  useEffect(() => {
    if (text.length < SHORTEST || text.length > LONGEST) return setSearch(idle)
    const controller = new AbortController()
    setSearch(({ entries }) => ({ state: 'searching', entries }))
    const timer = setTimeout(async () => {
      const entries = await findJobs(text, controller.signal).catch(() => undefined)
      if (controller.signal.aborted) return
      setSearch(entries ? { state: 'done', entries } : { state: 'failed', entries: [] })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [text])

  return search
}

async function findJobs(text: string, signal: AbortSignal): Promise<Entry[]> {
  const path = uuid.test(text)
    ? `/api/v1/jobs/${text}`
    : `/api/v1/jobs?${new URLSearchParams({ q: text, limit: `${MOST}`, summary: 'true' })}`
  const response = await fetch(path, { signal })
  if (response.status === 404) return []
  if (!response.ok) throw new Error(`${response.status}`)
  return jobsIn(await response.json()).flatMap((job) =>
    isJobSummary(job)
      ? [{ key: job.id, label: job.title, hint: job.status, href: `/jobs/${job.id}` }]
      : [],
  )
}

/** The jobs of a list, or the one job of an answer. */
function jobsIn(answer: unknown): unknown[] {
  if (typeof answer !== 'object' || answer === null) return []
  if ('data' in answer && Array.isArray(answer.data)) return answer.data
  return 'job' in answer ? [answer.job] : [answer]
}
