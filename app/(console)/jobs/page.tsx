import { IconBug, IconStack2 } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { deletingOf } from '@/app/_server/undo/deletions'
import { namesOf } from '@/lib/access/names'
import type { Pause } from '@/lib/db/generated/client'
import { definitions } from '@/lib/jobs/catalog'
import { listJobs, listNewerJobs } from '@/lib/jobs/lists/list'
import { firstOf, pausesInForce } from '@/lib/jobs/pauses/pause'
import { statusNames, statusOf, statusWords } from '@/lib/jobs/status'
import { jobSummary } from '@/lib/jobs/view'
import { newJob } from '../_components/frame/nav-items'
import { JobTable } from '../_components/job/job-table'
import { PauseNotice } from '../_components/job/pause-notice'
import { hrefOf } from '../_components/list/href'
import list from '../_components/list/list.module.css'
import { LinkButton } from '../_components/ui/button'
import { PageHeader } from '../_components/ui/page-header'
import { FilterBar } from './filter-bar'
import classes from './jobs.module.css'
import { jobsHref } from './jobs-href'
import { LinkedFilters } from './linked-filters'
import { NewJobs } from './new-jobs'
import { NothingFound } from './nothing-found'
import { NowLine } from './now-line'
import { OwnerChoice } from './owner-choice'
import { type JobsQuery, parseJobsQuery, type SearchParams, shownOf } from './query'
import { SelectionBar } from './selection-bar'
import { linkedNames, periods } from './shown'

export const metadata: Metadata = { title: 'Jobs' }

const PAGE_SIZE = 30

const choices = {
  types: definitions.map(({ type, label }) => ({ value: type, label })),
  statuses: statusNames.flatMap((value) => {
    const status = statusOf(value)
    return status ? [{ value, label: statusWords[status].label }] : []
  }),
  periods: periods.map(({ value, label }) => ({ value, label })),
}

export default async function JobsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer()
  const params = await searchParams
  const query = parseJobsQuery(params, viewer)
  const shown = shownOf(params, viewer)
  const { data, nextCursor, isFirst } = query
    ? await pageOf(viewer, query)
    : { data: [], nextCursor: null, isFirst: true }
  const withOwner = viewer.role === 'ADMIN'
  const names = withOwner
    ? await namesOf(
        viewer,
        data.map(({ ownerId }) => ownerId),
      )
    : new Map<string, string>()
  const pauses = await pausesInForce()
  const met = new Set<Pause>()
  const deleting = await deletingOf(data.map(({ id }) => id))
  const listed = data.filter(({ id }) => !deleting.has(id))
  const jobs = listed.map((job) => {
    const owner = job.ownerId ? names.get(job.ownerId) : undefined
    const pause = firstOf(pauses, job)
    if (pause) met.add(pause)
    return {
      ...jobSummary(job),
      ...(owner ? { owner } : {}),
      ...(pause ? { paused: true } : {}),
    }
  })
  // What the stream says of a job does not tell whether it fits these.
  const isLive = linkedNames.every((name) => !shown[name])
  const who = typeof params.who === 'string' ? params.who.trim() : ''
  const NewIcon = newJob.icon
  const newest = jobs.at(0)?.id
  return (
    <>
      <PageHeader title="Jobs">
        <LinkButton href="/errors" kind="quiet" icon={<IconBug size={16} aria-hidden />}>
          Errors
        </LinkButton>
        <LinkButton href="/batches" kind="quiet" icon={<IconStack2 size={16} aria-hidden />}>
          Batches
        </LinkButton>
        <LinkButton href={newJob.href} icon={<NewIcon size={16} aria-hidden />}>
          {newJob.label}
        </LinkButton>
      </PageHeader>
      <FilterBar
        shown={shown}
        choices={choices}
        who={withOwner ? who : undefined}
        linked={<LinkedFilters shown={shown} viewer={viewer} />}
      >
        {withOwner && who && <OwnerChoice viewer={viewer} who={who} shown={shown} />}
        <NowLine viewer={viewer} words={query?.words ?? null} />
        <PauseNotice pauses={[...met]} viewer={viewer} />
        {isFirst && query && isLive && <NewJobs newest={newest} shown={shown} />}
        {jobs.length === 0 ? (
          <NothingFound shown={shown} unreadable={!query} />
        ) : (
          <JobTable jobs={jobs} label="Jobs, newest first" withOwner={withOwner} selectable />
        )}
        {query && (
          // Stays when a list was emptied: it has to say so.
          <div className={classes.foot} hidden={jobs.length === 0}>
            <SelectionBar
              all={{
                retry: hrefOf('/jobs/matching', { action: 'retry', ...shown }),
                cancel: hrefOf('/jobs/matching', { action: 'cancel', ...shown }),
                delete: hrefOf('/jobs/matching', { action: 'delete', ...shown }),
              }}
            />
            <nav className={list.pager} aria-label="Pages">
              {!isFirst && newest && (
                <LinkButton href={jobsHref({ ...shown, newer: newest })} size="small">
                  ‹ Newer
                </LinkButton>
              )}
              {nextCursor && (
                <LinkButton href={jobsHref({ ...shown, cursor: nextCursor })} size="small">
                  Older ›
                </LinkButton>
              )}
            </nav>
          </div>
        )}
      </FilterBar>
    </>
  )
}

async function pageOf(viewer: Awaited<ReturnType<typeof requireViewer>>, query: JobsQuery) {
  const { filter, cursor, newerThan } = query
  if (newerThan) {
    const newer = await listNewerJobs(viewer, filter, { limit: PAGE_SIZE, newerThan })
    // Fewer than a page are left above: that is the first page, filled up.
    if (newer.data.length === PAGE_SIZE) return { ...newer, isFirst: false }
  }
  const list = await listJobs(viewer, filter, {
    limit: PAGE_SIZE,
    ...(cursor && !newerThan ? { cursor } : {}),
  })
  return { ...list, isFirst: !cursor || newerThan !== undefined }
}
