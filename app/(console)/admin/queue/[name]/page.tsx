import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireAdmin } from '@/app/_server/auth/session'
import { readOverview } from '@/app/_server/metrics/overview'
import { periodOf } from '@/app/_server/metrics/periods'
import { findDefinition, findQueue } from '@/lib/jobs/catalog'
import { pausesInForce } from '@/lib/jobs/pauses/pause'
import { PauseNotice } from '../../../_components/job/pause-notice'
import { KeepFresh } from '../../../_components/live/keep-fresh'
import { PageHeader } from '../../../_components/ui/page-header'
import { Section } from '../../../_components/ui/section'
import ui from '../../../_components/ui/ui.module.css'
import { Charts } from '../../_components/charts'
import { PeriodTabs } from '../../_components/period-tabs'
import { QueueTable } from '../../_components/queue-table'
import { QueueActions } from './queue-actions'
import { ConcurrencyForm, RateLimitForm } from './settings-forms'

type Props = {
  params: Promise<{ name: string }>
  searchParams: Promise<{ period?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Queue ${(await params).name}` }
}

export default async function QueuePage({ params, searchParams }: Props) {
  const admin = await requireAdmin()
  const { name } = await params
  const period = periodOf((await searchParams).period)
  const known = findQueue(name)
  if (!known) notFound()
  const [{ queues, since }, pauses] = await Promise.all([
    readOverview(admin, period),
    pausesInForce(),
  ])
  const queue = queues.find((each) => each.name === name)
  if (!queue) notFound()
  const { settings } = queue
  return (
    <>
      <KeepFresh />
      <PageHeader
        title={name}
        back={{ href: '/admin', label: 'Admin overview' }}
        lead={queue.purpose}
      >
        <PeriodTabs path={`/admin/queue/${name}`} period={period} />
      </PageHeader>
      <PauseNotice
        pauses={pauses.filter(({ type }) => !type || findDefinition(type)?.queue === name)}
        viewer={admin}
      />
      <QueueActions queue={queue} />
      <QueueTable queues={[queue]} period={period} since={since} />
      <Charts series={queue} period={period} queue={name} />
      <Section id="settings" title="Settings">
        <div className={ui.grid}>
          <ConcurrencyForm
            key={`concurrency ${settings.concurrency}`}
            queue={name}
            concurrency={settings.concurrency}
            usual={known.concurrency}
          />
          <RateLimitForm
            key={`limit ${settings.rateLimit?.max} ${settings.rateLimit?.durationMs}`}
            queue={name}
            limit={settings.rateLimit}
            usual={known.rateLimit}
          />
        </div>
      </Section>
    </>
  )
}
