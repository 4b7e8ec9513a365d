import type { Viewer } from '@/lib/auth/viewer'
import { AppError } from '@/lib/errors/app-error'
import type { Authenticated } from '@/lib/http/authenticate'
import { getJob, listAttempts, listLogs } from '@/lib/jobs/read'
import { isTerminal } from '@/lib/jobs/status'
import { attemptView, jobView, logView } from '@/lib/jobs/view'
import { type EventSink, eventStream } from './event-stream'
import { subscribe } from './hub'

/** Log lines sent per look; the rest follow at once. */
const LINES = 100

/**
 * One job: `job` as it is and at each change, `attempt` and `log` as they come, and `end` when it
 * has ended. Lines after `Last-Event-ID` only are sent to a browser that connects again.
 */
export function jobStream(viewer: Authenticated, id: string, request: Request): Response {
  return eventStream(viewer, request, (sink) => follow(viewer, id, request, sink))
}

function follow(viewer: Viewer, id: string, request: Request, sink: EventSink): () => void {
  const seen = new Map<number, string>()
  let lastLine = lastEventId(request)
  let looking = false
  let lookAgain = false

  async function look(): Promise<void> {
    const job = await getJob(viewer, id)
    const attempts = await listAttempts(viewer, id)
    for (let more = true; more; ) {
      const lines = await listLogs(viewer, id, { limit: LINES, cursor: lastLine })
      for (const line of lines.data) sink.send('log', logView(line), String(line.id))
      lastLine = lines.data.at(-1)?.id.toString() ?? lastLine
      more = lines.nextCursor !== null
    }
    for (const attempt of attempts.map(attemptView)) {
      const state = JSON.stringify(attempt)
      if (seen.get(attempt.number) !== state) sink.send('attempt', attempt)
      seen.set(attempt.number, state)
    }
    sink.send('job', jobView(job))
    if (isTerminal(job.status)) {
      sink.send('end', { status: job.status.toLowerCase() })
      sink.end()
    }
  }

  function lookSoon(): void {
    lookAgain = true
    if (looking) return
    looking = true
    lookWhileNeeded().finally(() => {
      looking = false
    })
  }

  async function lookWhileNeeded(): Promise<void> {
    while (lookAgain) {
      lookAgain = false
      try {
        await look()
      } catch (error) {
        if (error instanceof AppError && error.code === 'not_found') sink.send('gone', { id })
        return sink.end()
      }
    }
  }

  const unsubscribe = subscribe({
    onChanges(jobs, gone) {
      if (gone.includes(id) || jobs.some((job) => job.id === id)) lookSoon()
    },
    onGap: lookSoon,
  })
  lookSoon()
  return unsubscribe
}

function lastEventId(request: Request): string | undefined {
  const id = request.headers.get('last-event-id') ?? ''
  return /^\d{1,18}$/.test(id) ? id : undefined
}
