import { cache } from 'react'
import { requireViewer } from '@/app/_server/auth/session'
import { readInput } from '@/app/_server/job-page/readable'
import { recordsIn } from '@/app/_server/job-page/records'
import { whyFailed } from '@/app/_server/job-page/why-failed'
import { findAlike } from '@/app/_server/jobs/errors'
import { findSchedule } from '@/app/_server/schedules/schedules'
import { namesOf } from '@/lib/access/names'
import type { Viewer } from '@/lib/access/viewer'
import type { Job } from '@/lib/db/generated/client'
import { fileMadeBy } from '@/lib/files/read'
import { pauseOf } from '@/lib/jobs/pauses/pause'
import { attemptsOf, getJob, latestLogs, listCopies } from '@/lib/jobs/read'
import { attemptView, jobView, logView } from '@/lib/jobs/view'
import { whyWaiting } from '@/lib/jobs/waiting/why'
import { orNotFound } from '../../_components/or-not-found'
import { adviceFor } from './advice'

/** More lines than this are behind a link. */
const LOG_LIMIT = 300

/** The job of a page, which its title asks for as well. */
export const jobOf = cache(async (id: string) => orNotFound(getJob(await requireViewer(), id)))

/** All that the page of a job shows, but its result. */
export async function loadJob(viewer: Viewer, record: Job) {
  const { id, ownerId } = record
  const job = jobView(record)
  const entries = readInput(job.type, job.input)
  const hasFailed = record.status === 'FAILED'
  const pausing = pauseOf(record)
  const [
    names,
    schedule,
    copies,
    pause,
    waiting,
    attempts,
    lines,
    records,
    file,
    comparison,
    alike,
  ] = await Promise.all([
    namesOf(viewer, [ownerId]),
    findSchedule(viewer, record.scheduleId),
    listCopies(viewer, id),
    pausing,
    whyWaiting(record, pausing),
    attemptsOf(id),
    latestLogs(id, LOG_LIMIT + 1),
    recordsIn(viewer, entries),
    fileMadeBy(id),
    hasFailed ? whyFailed(viewer, record, entries) : undefined,
    findAlike(viewer, record),
  ])
  return {
    ...{ job, entries, records, schedule, copies, pause, comparison, alike },
    owner: (ownerId && names.get(ownerId)) || 'the system',
    /** All that the browser is told of this. */
    story: {
      waiting,
      attempts: attempts.map(attemptView),
      lines: lines.slice(-LOG_LIMIT).map(logView),
      isCut: lines.length > LOG_LIMIT,
      renderedAt: Date.now(),
    },
    file: file?.name,
    advice: hasFailed ? adviceFor(job) : undefined,
  }
}
