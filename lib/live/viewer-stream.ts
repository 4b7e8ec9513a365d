import type { Viewer } from '@/lib/auth/viewer'
import { listJobs } from '@/lib/jobs/list'
import { jobSummary } from '@/lib/jobs/view'
import { logger } from '@/lib/log/logger'
import { countUnread } from '@/lib/notifications/read'
import { type EventSink, eventStream } from './event-stream'
import { subscribe } from './hub'

/** A page may be this much older than its stream, in milliseconds. */
const PAGE_AGE_MS = 15_000
const RECENT = 50

/**
 * Every change of the viewer's jobs, or of everybody's: `job`, `gone`, and `gap` when some were
 * missed; `unread` says how many notifications of theirs the viewer has not read.
 */
export function viewerStream(viewer: Viewer, everybody: boolean, request: Request): Response {
  return eventStream(viewer, request, (sink) => {
    const gapOn = (work: Promise<void>) =>
      work.catch((error: unknown) => {
        logger('live').warn({ err: error }, 'A stream could not catch up; its page will read anew')
        sink.send('gap', {})
      })
    gapOn(catchUp(viewer, everybody, sink))
    gapOn(sendUnread(viewer, sink))
    return subscribe({
      onChanges(jobs, gone) {
        for (const job of jobs) {
          if (everybody || job.ownerId === viewer.userId) {
            sink.send('job', { ...jobSummary(job), ownerId: job.ownerId })
          }
        }
        // An id says nothing about whose it was; only those who show it care.
        for (const id of gone) sink.send('gone', { id })
      },
      onNotices(userIds) {
        if (userIds.has(viewer.userId)) gapOn(sendUnread(viewer, sink))
      },
      onGap: () => sink.send('gap', {}),
    })
  })
}

/** What changed between the page and its stream. */
async function catchUp(viewer: Viewer, everybody: boolean, sink: EventSink): Promise<void> {
  const { data } = await listJobs(
    everybody ? viewer : { ...viewer, role: 'USER' },
    {},
    { limit: RECENT },
  )
  const since = Date.now() - PAGE_AGE_MS
  for (const job of data) {
    const endedBefore = job.finishedAt !== null && job.finishedAt.getTime() < since
    if (!endedBefore) sink.send('job', { ...jobSummary(job), ownerId: job.ownerId })
  }
}

async function sendUnread(viewer: Viewer, sink: EventSink): Promise<void> {
  sink.send('unread', { count: await countUnread(viewer) })
}
