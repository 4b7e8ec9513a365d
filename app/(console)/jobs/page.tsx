import { IconBug, IconStack2 } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { accountOf } from '@/app/_server/auth/account'
import { requireViewer } from '@/app/_server/auth/session'
import { listAskedFor } from '@/app/_server/jobs/asked-for'
import { deletingOf } from '@/app/_server/undo/deletions'
import { ownersOf } from '@/lib/access/names'
import type { Viewer } from '@/lib/access/viewer'
import type { Pause } from '@/lib/db/generated/client'
import { listJobs, listNewerJobs } from '@/lib/jobs/lists/list'
import type { ListedJob } from '@/lib/jobs/lists/listed'
import { firstOf, pausesInForce } from '@/lib/jobs/pauses/pause'
import { jobSummary } from '@/lib/jobs/view'
import { newJob } from '../_components/frame/nav-items'
import { JobTable } from '../_components/job/job-table'
import { PauseNotice } from '../_components/job/pause-notice'
import { type SearchParams, valuesOf } from '../_components/list/href'
import { Pager } from '../_components/list/pager'
import { LinkButton } from '../_components/ui/button'
import { Notice } from '../_components/ui/notice'
import { PageHeader } from '../_components/ui/page-header'
import { FilterBar } from './_filters/filter-bar'
import { LinkedFilters } from './_filters/linked-filters'
import { OwnerChoice } from './_filters/owner-choice'
import { isFolded, type JobsQuery, linkedNames, parseJobsQuery, shownOf } from './_filters/query'
import { readTokens } from './_filters/tokens'
import { Views } from './_filters/views'
import classes from './jobs.module.css'
import { jobsHref } from './jobs-href'
import { NewJobs } from './new-jobs'
import { NothingFound } from './nothing-found'
import { SelectionBar } from './selection-bar'
import { Total } from './total'

export const metadata: Metadata = { title: 'Jobs' }

const PAGE_SIZE = 30

export default async function JobsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer()
  const params = await searchParams
  const shown = shownOf(params, viewer)
  const timezone = (await accountOf(viewer)).timezone ?? 'UTC'
  const isAdmin = viewer.role === 'ADMIN'
  const tokens = readTokens(shown.q ?? '', {
    userId: viewer.userId,
    isAdmin,
    timezone,
    now: Date.now(),
  })
  if (Object.keys(tokens.values).length > 0) {
    redirect(jobsHref({ ...shown, ...tokens.values, q: tokens.text }))
  }
  const query = parseJobsQuery(params, shown, timezone)
  const isShort = query !== null && !query.newerThan && isFolded(shown)
  const { data, nextCursor, isFirst, folded } = query
    ? await pageOf(viewer, query, isShort)
    : { data: [], nextCursor: null, isFirst: true, folded: 0 }
  const { jobs, pauses } = await described(viewer, data)
  const newest = jobs.at(0)?.id
  // What the stream says of a job does not tell whether it fits these.
  const isLive = linkedNames.every((name) => name === 'deliveries' || !shown[name])
  const { who, view } = valuesOf(params)
  const NewIcon = newJob.icon
  return (
    <>
      <div className={classes.header}>
        <PageHeader title="Jobs">
          <LinkButton href="/errors" kind="quiet" icon={<IconBug size={16} aria-hidden />}>
            <span>Errors</span>
          </LinkButton>
          <LinkButton href="/batches" kind="quiet" icon={<IconStack2 size={16} aria-hidden />}>
            <span>Batches</span>
          </LinkButton>
          <LinkButton href={newJob.href} icon={<NewIcon size={16} aria-hidden />}>
            {newJob.label}
          </LinkButton>
        </PageHeader>
      </div>
      <Views
        viewer={viewer}
        shown={shown}
        named={(view ?? '').slice(0, 40)}
        timezone={timezone}
        words={query?.words}
      />
      <FilterBar
        shown={shown}
        isAdmin={isAdmin}
        linked={<LinkedFilters shown={shown} viewer={viewer} folded={folded} />}
      >
        {tokens.problems.length > 0 && (
          <Notice label="The search">
            {tokens.problems.map((problem) => (
              <p key={problem}>{problem}</p>
            ))}
          </Notice>
        )}
        {isAdmin && who && !/\p{Cc}/u.test(who) && (
          <OwnerChoice viewer={viewer} who={who} shown={shown} />
        )}
        <PauseNotice pauses={pauses} viewer={viewer} />
        {isFirst && query && isLive && <NewJobs newest={newest} shown={shown} isFolded={isShort} />}
        {jobs.length === 0 ? (
          <NothingFound shown={shown} unreadable={!query} folded={folded} />
        ) : (
          <JobTable jobs={jobs} label="Jobs, newest first" withOwner={isAdmin} selectable />
        )}
        {query && (
          <>
            {/* Stays when a list was emptied: it has to say so. */}
            <SelectionBar
              filter={shown}
              total={(nextCursor || !isFirst) && <Total viewer={viewer} filter={query.filter} />}
            />
            <Pager
              path="/jobs"
              values={shown}
              cursor={isFirst ? undefined : (newest ?? 'none')}
              nextCursor={nextCursor}
              {...(isShort ? {} : { first: '‹ Newer', back: { newer: newest } })}
            />
          </>
        )}
      </FilterBar>
    </>
  )
}

async function pageOf(viewer: Viewer, query: JobsQuery, isShort: boolean) {
  const { filter, cursor, newerThan } = query
  if (isShort) {
    const page = await listAskedFor(viewer, filter, { limit: PAGE_SIZE, cursor })
    return { ...page, isFirst: !cursor }
  }
  if (newerThan) {
    const newer = await listNewerJobs(viewer, filter, { limit: PAGE_SIZE, newerThan })
    // Fewer than a page are left above: that is the first page, filled up.
    if (newer.data.length === PAGE_SIZE) return { ...newer, isFirst: false, folded: 0 }
  }
  const jobs = await listJobs(viewer, filter, {
    limit: PAGE_SIZE,
    ...(cursor && !newerThan ? { cursor } : {}),
  })
  return { ...jobs, isFirst: !cursor || newerThan !== undefined, folded: 0 }
}

/** The jobs as rows, with owners for admins, and the pauses that hold some of them. */
async function described(viewer: Viewer, data: ListedJob[]) {
  const [pauses, deleting, names] = await Promise.all([
    pausesInForce(),
    deletingOf(data.map(({ id }) => id)),
    ownersOf(viewer, data),
  ])
  const met = new Set<Pause>()
  const listed = data.filter(({ id }) => !deleting.has(id))
  const jobs = listed.map((job) => {
    const owner = names.get(job.ownerId)
    const pause = firstOf(pauses, job)
    if (pause) met.add(pause)
    return { ...jobSummary(job), ...(owner ? { owner } : {}), ...(pause ? { paused: true } : {}) }
  })
  return { jobs, pauses: [...met] }
}
