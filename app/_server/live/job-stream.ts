import type { Authenticated, Viewer } from '@/lib/access/viewer'
import type { Job } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors/app-error'
import type { ListedJob } from '@/lib/jobs/lists/listed'
import { attemptsOf, getJob, logsOf } from '@/lib/jobs/read'
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
  let whole: Job | undefined
  let stage: string | undefined
  /** What the hub read last; a gap leaves nothing to go by. */
  let heard: ListedJob | undefined
  let isLooking = false
  let lookAgain = false

  /** The input never changes, and a result comes with the end: in between the hub has read it all. */
  async function current(): Promise<Job> {
    if (whole && heard && !isTerminal(heard.status)) return { ...whole, ...heard }
    whole = await getJob(viewer, id)
    return whole
  }

  async function look(): Promise<void> {
    const job = await current()
    await sendLines()
    // Attempts begin and end with a change of these.
    if (stage !== `${job.status} ${job.attempt}`) await sendAttempts()
    stage = `${job.status} ${job.attempt}`
    sink.send('job', jobView(job))
    if (isTerminal(job.status)) {
      sink.send('end', { status: job.status.toLowerCase() })
      sink.end()
    }
  }

  async function sendLines(): Promise<void> {
    for (let more = true; more; ) {
      const lines = await logsOf(id, { limit: LINES, cursor: lastLine })
      for (const line of lines.data) sink.send('log', logView(line), String(line.id))
      lastLine = lines.data.at(-1)?.id.toString() ?? lastLine
      more = lines.nextCursor !== null
    }
  }

  async function sendAttempts(): Promise<void> {
    for (const attempt of (await attemptsOf(id)).map(attemptView)) {
      const state = JSON.stringify(attempt)
      if (seen.get(attempt.number) !== state) sink.send('attempt', attempt)
      seen.set(attempt.number, state)
    }
  }

  function lookSoon(job?: ListedJob): void {
    heard = job
    lookAgain = true
    if (isLooking) return
    isLooking = true
    lookWhileNeeded().finally(() => {
      isLooking = false
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
      const job = jobs.find((changed) => changed.id === id)
      if (job || gone.includes(id)) lookSoon(job)
    },
    onGap: () => lookSoon(),
  })
  lookSoon()
  return unsubscribe
}

/** The console's own pages say at first which lines they were rendered with. */
function lastEventId(request: Request): string | undefined {
  const after = new URL(request.url).searchParams.get('after')
  const id = request.headers.get('last-event-id') ?? after ?? ''
  return /^\d{1,18}$/.test(id) ? id : undefined
}
