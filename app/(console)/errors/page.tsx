import { IconMoodCheck } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { accountOf } from '@/app/_server/auth/account'
import { requireViewer } from '@/app/_server/auth/session'
import { listErrors, parseErrorCursor } from '@/app/_server/jobs/errors'
import { namesOf } from '@/lib/access/names'
import { definitions } from '@/lib/jobs/catalog'
import { Choose } from '../_components/list/filter-fields'
import { FilterForm } from '../_components/list/filter-form'
import { type SearchParams, valuesOf } from '../_components/list/href'
import { Pager } from '../_components/list/pager'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import { PageHeader } from '../_components/ui/page-header'
import { spanOf } from '../jobs/_filters/moments'
import { periods } from '../jobs/_filters/query'
import { ErrorTable } from './error-table'

export const metadata: Metadata = { title: 'Errors' }

const PATH = '/errors'
const PAGE_SIZE = 30

const types = definitions.map(({ type, label }) => ({ value: type, label }))
const queues = [...new Set(definitions.map(({ queue }) => queue))].map((name) => ({
  value: name,
  label: name,
}))

/** Why jobs failed: a person's own, or everybody's for an admin. */
export default async function ErrorsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>
}) {
  const viewer = await requireViewer()
  const { cursor: asked, ...shown } = valuesOf(await searchParams)
  const type = types.find(({ value }) => value === shown.type)?.value
  const queue = queues.find(({ value }) => value === shown.queue)?.value
  const { period } = shown
  const timezone = (await accountOf(viewer)).timezone ?? 'UTC'
  const from = period ? spanOf(period, timezone, Date.now())?.from : undefined
  const cursor = parseErrorCursor(asked)
  const page = { limit: PAGE_SIZE, cursor }
  const { data, nextCursor } = await listErrors(viewer, page, { type, queue, from })
  const isAdmin = viewer.role === 'ADMIN'
  const owners = isAdmin
    ? await namesOf(
        viewer,
        data.map(({ last }) => last.ownerId),
      )
    : undefined
  const isFiltered = Boolean(type || queue || period)
  return (
    <>
      <PageHeader
        title="Errors"
        back={{ href: '/jobs', label: 'Jobs' }}
        lead={`Jobs ${isAdmin ? '' : 'of yours '}that failed for good, grouped by why: same type, same code, and a message that differs in names and numbers at most.`}
      />
      <FilterForm
        path={PATH}
        shown={shown}
        fields={
          <>
            <Choose name="type" label="Type" any="All types" value={type} from={types} />
            <Choose name="queue" label="Queue" any="All queues" value={queue} from={queues} />
            <Choose name="period" label="Period" any="Any time" value={period} from={periods} />
          </>
        }
      >
        {data.length === 0 ? (
          <Empty
            icon={<IconMoodCheck size={32} stroke={1.4} aria-hidden />}
            title={isFiltered ? 'No error fits these filters' : 'No job has failed'}
            action={<LinkButton href="/jobs">All jobs</LinkButton>}
          >
            When jobs fail, you see here what went wrong, how often, and since when.
          </Empty>
        ) : (
          <ErrorTable groups={data} owners={owners} from={from?.toISOString()} />
        )}
        <Pager path={PATH} values={shown} cursor={cursor} nextCursor={nextCursor} first="« First" />
      </FilterForm>
    </>
  )
}
