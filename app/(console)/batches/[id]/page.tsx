import type { Metadata } from 'next'
import { cache } from 'react'
import { validate as isUuid } from 'uuid'
import { requireViewer } from '@/app/_server/auth/session'
import { getBatch } from '@/app/_server/jobs/batches'
import { countOf } from '@/lib/format/count'
import { listJobs } from '@/lib/jobs/lists/list'
import { openStatuses, statusOf } from '@/lib/jobs/status'
import { jobSummary } from '@/lib/jobs/view'
import { JobTable } from '../../_components/job/job-table'
import { Pager } from '../../_components/list/pager'
import { RefreshOnChange } from '../../_components/live/refresh-on-change'
import { orNotFound } from '../../_components/or-not-found'
import { Moment } from '../../_components/time/moment'
import { PageHeader } from '../../_components/ui/page-header'
import { Section } from '../../_components/ui/section'
import ui from '../../_components/ui/ui.module.css'
import { BatchActions } from './batch-actions'
import { StatusBar } from './status-bar'
import { StatusFilter } from './status-filter'

const PAGE_SIZE = 30

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ status?: string | string[]; cursor?: string | string[] }>
}

const batchOf = cache(async (id: string) => orNotFound(getBatch(await requireViewer(), id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await batchOf((await params).id)).title }
}

export default async function BatchPage({ params, searchParams }: Props) {
  const since = new Date().toISOString()
  const viewer = await requireViewer()
  const batch = await batchOf((await params).id)
  const query = await searchParams
  const status = typeof query.status === 'string' ? statusOf(query.status) : undefined
  const cursor = isUuid(query.cursor) ? String(query.cursor) : undefined
  const { data, nextCursor } = await listJobs(
    viewer,
    { batchId: batch.id, ...(status ? { status: [status] } : {}) },
    { limit: PAGE_SIZE, cursor },
  )
  const present = Object.values(batch.counts).reduce((sum, count) => sum + count, 0)
  const open = openStatuses.reduce((sum, name) => sum + countIn(batch.counts, name), 0)
  const here = `/batches/${batch.id}`
  const word = status?.toLowerCase()
  return (
    <>
      <RefreshOnChange since={since} batchId={batch.id} />
      <PageHeader
        title={batch.title}
        back={{ href: '/batches', label: 'Batches' }}
        lead={
          <>
            {countOf(batch.total, 'job')}, made <Moment at={batch.createdAt.toISOString()} />
            {present < batch.total && ` · ${countOf(batch.total - present, 'job')} deleted since`}
          </>
        }
      >
        <BatchActions id={batch.id} open={open} failed={countIn(batch.counts, 'FAILED')} />
      </PageHeader>
      <StatusBar counts={batch.counts} present={present} open={open} />
      <Section id="jobs" title="Jobs">
        <StatusFilter href={here} counts={batch.counts} current={word} total={present} />
        {data.length > 0 ? (
          <JobTable jobs={data.map(jobSummary)} label="Jobs of this batch, newest first" />
        ) : (
          <p className={ui.nothing}>
            {word ? `No job of this batch is ${word} now.` : 'There are no jobs to show.'}
          </p>
        )}
        <Pager
          path={here}
          values={{ status: word }}
          cursor={cursor}
          nextCursor={nextCursor}
          first="« First"
          next="More ›"
        />
      </Section>
    </>
  )
}

function countIn(counts: Record<string, number>, status: string): number {
  return counts[status.toLowerCase()] ?? 0
}
