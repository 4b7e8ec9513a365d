import type { Metadata } from 'next'
import { cache } from 'react'
import { requireViewer } from '@/app/_server/auth/session'
import { countAlike } from '@/app/_server/jobs/errors'
import { findSchedule } from '@/app/_server/schedules/schedules'
import { namesOf } from '@/lib/access/names'
import { BULK_TYPE } from '@/lib/jobs/bulk/action'
import { pauseOf } from '@/lib/jobs/pauses/pause'
import { getJob, listCopies } from '@/lib/jobs/read'
import { jobSummary, jobView } from '@/lib/jobs/view'
import { whyWaiting } from '@/lib/jobs/waiting/why'
import { PauseNotice } from '../../_components/job/pause-notice'
import { KeepFresh } from '../../_components/live/keep-fresh'
import { orNotFound } from '../../_components/or-not-found'
import ui from '../../_components/ui/ui.module.css'
import { Actions } from './actions-bar'
import { ErrorPanel } from './error-panel'
import { JobFacts } from './facts'
import { Header } from './header'
import { JobLive } from './job-live'
import { LiveProgress } from './live-progress'
import { Rehearsal } from './rehearsal'
import { TabContent } from './tab-content'
import { JobTabs, parseTab } from './tabs'
import { waitsForATime } from './waits-for-a-time'

/** Others' jobs are no business of this page's stream, and still change why a job waits. */
const WAITING_FRESH_MS = 5_000

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ tab?: string | string[] }>
}

const jobOf = cache(async (id: string) => orNotFound(getJob(await requireViewer(), id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await jobOf((await params).id)).title }
}

export default async function JobPage({ params, searchParams }: Props) {
  const viewer = await requireViewer()
  const record = await jobOf((await params).id)
  const job = jobView(record)
  const summary = jobSummary(record)
  const [{ tab: asked }, names, alike, schedule, copies, pause, waiting] = await Promise.all([
    searchParams,
    namesOf(viewer, [record.ownerId]),
    countAlike(viewer, record),
    findSchedule(viewer, record.scheduleId),
    listCopies(viewer, job.id),
    pauseOf(record),
    whyWaiting(record),
  ])
  const tab = parseTab(asked)
  const owner = record.ownerId ? names.get(record.ownerId) : undefined
  return (
    <>
      <JobLive jobs={[summary]} />
      {waiting && !waitsForATime(waiting) && <KeepFresh everyMs={WAITING_FRESH_MS} />}
      <Header
        job={job}
        summary={{ ...summary, paused: pause !== undefined }}
        schedule={schedule}
        copies={copies}
        owner={viewer.role === 'ADMIN' ? (owner ?? 'the system') : undefined}
      >
        <Actions job={job} />
      </Header>
      {job.status === 'failed' && job.error && (
        <ErrorPanel
          job={job}
          error={job.error}
          alike={
            alike > 0 && record.errorGroup ? { count: alike, group: record.errorGroup } : undefined
          }
        />
      )}
      {pause ? (
        <PauseNotice pauses={[pause]} viewer={viewer} />
      ) : (
        <LiveProgress job={summary} waiting={waiting} />
      )}
      <div className={ui.columns}>
        <div>
          {job.type === BULK_TYPE && <Rehearsal id={job.id} viewer={viewer} />}
          <JobTabs jobId={job.id} current={tab} attempts={job.attempt} />
          <TabContent tab={tab} record={record} job={job} viewer={viewer} />
        </div>
        <JobFacts job={job} />
      </div>
    </>
  )
}
