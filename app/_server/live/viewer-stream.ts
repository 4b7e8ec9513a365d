import { countUnread } from '@/app/_server/notifications/read'
import type { Authenticated, Viewer } from '@/lib/access/viewer'
import { listJobs } from '@/lib/jobs/lists/list'
import { jobSummary } from '@/lib/jobs/view'
import { logger } from '@/lib/telemetry/logger'
import { type EventSink, eventStream } from './event-stream'
import { subscribe } from './hub'
import type { Subscriber } from './hub-state'

/** What ended longer ago is not told, in milliseconds. */
const PAGE_AGE_MS = 15_000
const RECENT = 50

/**
 * Every change of the viewer's jobs, or of everybody's: `job`, `gone`, and `gap` when some were
 * missed; `unread` says how many notifications of theirs the viewer has not read.
 * @param mark of the page that follows: it hears of what changed since it was read
 */
export function viewerStream(
  viewer: Authenticated,
  everybody: boolean,
  request: Request,
  mark?: string,
): Response {
  return eventStream(viewer, request, (sink) => {
    const gapOn = (work: Promise<void>) =>
      work.catch((error: unknown) => {
        logger('live').warn({ err: error }, 'A stream could not catch up; its page will read anew')
        sink.send('gap', {})
      })
    let unread: number | undefined
    const sendUnread = async () => {
      const count = await countUnread(viewer)
      if (count !== unread) sink.send('unread', { count })
      unread = count
    }
    if (mark === undefined) gapOn(catchUp(viewer, everybody, sink))
    gapOn(sendUnread())
    const subscriber: Subscriber = {
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
        if (userIds.has(viewer.userId)) gapOn(sendUnread())
      },
      onGap() {
        sink.send('gap', {})
        gapOn(sendUnread())
      },
    }
    return subscribe(subscriber, mark)
  })
}

/** What has changed lately, for who does not say since when. */
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
