import { IconMoodCheck } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { listErrors, parseErrorCursor } from '@/app/_server/jobs/errors'
import { namesOf } from '@/lib/access/names'
import { Pager } from '../_components/list/pager'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import { PageHeader } from '../_components/ui/page-header'
import { ErrorTable } from './error-table'
export const metadata: Metadata = { title: 'Errors' }

const PAGE_SIZE = 30

type Props = { searchParams: Promise<{ cursor?: string | string[] }> }

/** Why jobs failed: a person's own, or everybody's for an admin. */
export default async function ErrorsPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const { cursor: asked } = await searchParams
  const cursor = parseErrorCursor(typeof asked === 'string' ? asked : undefined)
  const { data, nextCursor } = await listErrors(viewer, { limit: PAGE_SIZE, cursor })
  const isAdmin = viewer.role === 'ADMIN'
  const owners = isAdmin
    ? await namesOf(
        viewer,
        data.map(({ last }) => last.ownerId),
      )
    : undefined
  return (
    <>
      <PageHeader
        title="Errors"
        back={{ href: '/jobs', label: 'Jobs' }}
        lead={`Jobs ${isAdmin ? '' : 'of yours '}that failed for good, grouped by why: same type, same code, and a message that differs in names and numbers at most.`}
      />
      {data.length === 0 ? (
        <Empty
          icon={<IconMoodCheck size={32} stroke={1.4} aria-hidden />}
          title="No job has failed"
          action={<LinkButton href="/jobs">All jobs</LinkButton>}
        >
          When jobs fail, you see here what went wrong, how often, and since when.
        </Empty>
      ) : (
        <ErrorTable groups={data} owners={owners} />
      )}
      <Pager path="/errors" cursor={cursor} nextCursor={nextCursor} first="« First" />
    </>
  )
}
