import type { Metadata } from 'next'
import { countOpenAlerts } from '@/app/_server/alerts/list'
import { requireAdmin } from '@/app/_server/auth/session'
import { dependencies } from '@/app/_server/health/details'
import { readOverview } from '@/app/_server/metrics/overview'
import { periodOf } from '@/app/_server/metrics/periods'
import { pausesInForce } from '@/lib/jobs/pauses/pause'
import { PauseNotice } from '../_components/job/pause-notice'
import { KeepFresh } from '../_components/live/keep-fresh'
import { PageHeader } from '../_components/ui/page-header'
import { Section } from '../_components/ui/section'
import ui from '../_components/ui/ui.module.css'
import { Charts } from './_components/charts'
import { HealthList } from './_components/health-list'
import { PeriodTabs } from './_components/period-tabs'
import { QueueTable } from './_components/queue-table'
import { Tiles } from './_components/tiles'
import { WorkerTable } from './_components/worker-table'
import { OpenAlerts } from './alerts/open-alerts'

export const metadata: Metadata = { title: 'Admin' }

type Props = { searchParams: Promise<{ period?: string | string[] }> }

export default async function AdminOverviewPage({ searchParams }: Props) {
  const admin = await requireAdmin()
  const period = periodOf((await searchParams).period)
  const [{ all, queues, workers, since }, health, openAlerts, pauses] = await Promise.all([
    readOverview(admin, period),
    dependencies(admin),
    countOpenAlerts(admin),
    pausesInForce(),
  ])
  return (
    <>
      <KeepFresh />
      <PageHeader title="Admin overview">
        <PeriodTabs path="/admin" period={period} />
      </PageHeader>
      <OpenAlerts count={openAlerts} />
      <PauseNotice pauses={pauses} viewer={admin} />
      <Tiles
        totals={all.totals}
        period={period}
        since={since}
        queues={queues}
        workers={workers.length}
      />
      <Charts series={all} period={period} />
      <Section
        id="queues"
        title="Queues"
        action={
          <a href="/admin/queues" className={ui.link}>
            Open in Bull Board
          </a>
        }
      >
        <QueueTable queues={queues} period={period} since={since} />
      </Section>
      <Section id="workers" title="Workers">
        <WorkerTable workers={workers} />
      </Section>
      <Section id="health" title="Health">
        <HealthList dependencies={health} />
      </Section>
    </>
  )
}
