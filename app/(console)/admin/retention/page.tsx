import type { Metadata } from 'next'
import { requireAdmin } from '@/app/_server/auth/session'
import { COUNTED_UP_TO, LOOKED_AT } from '@/app/_server/retention/count'
import { readRetentionOverview } from '@/app/_server/retention/overview'
import { retentionRuns } from '@/app/_server/retention/run'
import { formatCount } from '@/lib/format/count'
import { RefreshOnChange } from '../../_components/live/refresh-on-change'
import { PageHeader } from '../../_components/ui/page-header'
import { Section } from '../../_components/ui/section'
import ui from '../../_components/ui/ui.module.css'
import { JobTable } from './job-table'
import { RecordTable } from './record-table'
import { Runs } from './runs'

export const metadata: Metadata = { title: 'Retention' }

export default async function RetentionPage() {
  const admin = await requireAdmin()
  const [{ jobs, records }, runs] = await Promise.all([
    readRetentionOverview(admin),
    retentionRuns(admin),
  ])
  return (
    <>
      <RefreshOnChange since={new Date().toISOString()} />
      <PageHeader
        title="Retention"
        lead="How long things are kept once they have ended, and what would go if it ran now."
      />
      <Runs runs={runs} />
      <Section id="jobs" title="Jobs">
        <p className={`${ui.lead} ${ui.bar}`}>
          A job goes with its attempts, its log and the files it made. Uploads stay until their
          owner deletes them. Jobs are counted up to {formatCount(COUNTED_UP_TO)} a line, and a +
          says that there may be more; beyond {formatCount(LOOKED_AT)}, files and their size are
          estimated from the jobs that ended first.
        </p>
        <JobTable jobs={jobs} />
      </Section>
      <Section id="records" title="Other records">
        <RecordTable records={records} />
      </Section>
    </>
  )
}
