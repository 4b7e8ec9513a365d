import type { Metadata } from 'next'
import Link from 'next/link'
import { requireViewer } from '@/lib/auth/session'
import { listJobs } from '@/lib/jobs/list'
import { countRecent } from '@/lib/jobs/now'
import { jobSummary } from '@/lib/jobs/view'
import { JobTable } from './_components/job/job-table'
import { RefreshOnChange } from './_components/live/refresh-on-change'
import page from './_components/ui/page.module.css'
import { PageHeader } from './_components/ui/page-header'
import { Counts } from './counts'
import { Samples } from './samples'

export const metadata: Metadata = { title: 'Overview' }

const RECENT = 8

export default async function OverviewPage() {
  const viewer = await requireViewer()
  // An overview is of one's own work, also for an admin.
  const own = { ...viewer, role: 'USER' } as const
  const [counts, { data: jobs }] = await Promise.all([
    countRecent(own),
    listJobs(own, {}, { limit: RECENT }),
  ])
  // Signing up makes a first job, the welcome mail: that is no work of one's own yet.
  const isNew = jobs.length <= 1
  const samples = (
    <section className={page.section} aria-labelledby="samples">
      <div className={page.sectionHead}>
        <h2 id="samples">Samples</h2>
      </div>
      <Samples email={viewer.email} />
    </section>
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
      {isNew ? samples : <Counts counts={counts} />}
      {jobs.length > 0 && (
        <section className={page.section} aria-labelledby="recent">
          <div className={page.sectionHead}>
            <h2 id="recent">Recent jobs</h2>
            <Link href="/jobs" className={page.link}>
              All jobs
            </Link>
          </div>
          <JobTable jobs={jobs.map(jobSummary)} label="Recent jobs" />
        </section>
      )}
      {!isNew && samples}
    </>
  )
}
