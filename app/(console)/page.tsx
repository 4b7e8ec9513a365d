import type { Metadata } from 'next'
import Link from 'next/link'
import { requireViewer } from '@/app/_server/auth/session'
import { listAskedFor } from '@/app/_server/jobs/asked-for'
import { countRecent, lastDay } from '@/app/_server/jobs/count-now'
import { jobSummary } from '@/lib/jobs/view'
import charts from './_components/charts/charts.module.css'
import { OutcomeBars } from './_components/charts/outcome-bars'
import { JobTable } from './_components/job/job-table'
import { RefreshOnChange } from './_components/live/refresh-on-change'
import { PageHeader } from './_components/ui/page-header'
import { Section } from './_components/ui/section'
import ui from './_components/ui/ui.module.css'
import { Counts } from './counts'
import { Samples } from './samples'

export const metadata: Metadata = { title: 'Overview' }

const RECENT = 8

export default async function OverviewPage() {
  const viewer = await requireViewer()
  // An overview is of one's own work, also for an admin.
  const own = { ...viewer, role: 'USER' } as const
  const [counts, { data: jobs }, hours] = await Promise.all([
    countRecent(own),
    listAskedFor(own, {}, { limit: RECENT }),
    lastDay(own),
  ])
  // Signing up makes a first job, the welcome mail: that is no work of one's own yet.
  const isNew = jobs.length <= 1
  const samples = (
    <Section id="samples" title="Samples">
      <Samples email={viewer.email} />
    </Section>
  )
  return (
    <>
      <RefreshOnChange since={new Date().toISOString()} />
      <PageHeader
        title="Overview"
        lead={
          isNew
            ? `Welcome, ${viewer.name}. Run a sample to see how a job goes from start to result.`
            : 'What became of your jobs in the last 24 hours.'
        }
      />
      {isNew ? (
        samples
      ) : (
        <>
          <Counts counts={counts} />
          <div className={charts.charts}>
            <OutcomeBars
              title="Your last day"
              unit="jobs per hour"
              axis="day"
              points={hours}
              numbers={{
                first: hours[0]?.start ?? 0,
                spanMs: 3600_000,
                query: { owner: viewer.role === 'ADMIN' ? viewer.userId : undefined },
                by: 'created',
              }}
            />
          </div>
        </>
      )}
      {jobs.length > 0 && (
        <Section
          id="recent"
          title="Recent jobs"
          action={
            <Link href="/jobs" className={ui.link}>
              All jobs
            </Link>
          }
        >
          <JobTable jobs={jobs.map(jobSummary)} label="Recent jobs" />
        </Section>
      )}
      {!isNew && samples}
    </>
  )
}
