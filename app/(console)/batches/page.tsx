import { IconStack2 } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { failedIn, LOOKED_AT, listBatches } from '@/app/_server/jobs/batches'
import { namesOf } from '@/lib/access/names'
import { countOf, formatCount } from '@/lib/format/count'
import { TypeIcon } from '../_components/job/type-icon'
import { cursorOf, type SearchParams } from '../_components/list/href'
import { Cell, List, Row } from '../_components/list/list'
import { Pager } from '../_components/list/pager'
import { Ago } from '../_components/time/ago'
import { LinkButton } from '../_components/ui/button'
import { Chip } from '../_components/ui/chip'
import { Empty } from '../_components/ui/empty'
import { PageHeader } from '../_components/ui/page-header'
export const metadata: Metadata = { title: 'Batches' }

const PAGE_SIZE = 30

type Props = { searchParams: Promise<SearchParams> }

export default async function BatchesPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const cursor = cursorOf(await searchParams)
  const { data, nextCursor } = await listBatches(viewer, { limit: PAGE_SIZE, cursor })
  const isAdmin = viewer.role === 'ADMIN'
  const [failed, names] = await Promise.all([
    failedIn(data.map(({ id }) => id)),
    namesOf(
      viewer,
      data.map(({ ownerId }) => ownerId),
    ),
  ])
  return (
    <>
      <PageHeader
        title="Batches"
        back={{ href: '/jobs', label: 'Jobs' }}
        lead="Jobs that were made together, such as the mails of one list."
      />
      {data.length === 0 ? (
        <Empty
          icon={<IconStack2 size={32} stroke={1.4} aria-hidden />}
          title={cursor ? 'No more batches' : 'No batches yet'}
          action={
            <LinkButton href="/jobs/new/email?when=list" kind="primary">
              Mail a list
            </LinkButton>
          }
        >
          Mail a list of people, or send many jobs to the API in one call: their progress is here.
        </Empty>
      ) : (
        <List label="Batches, newest first">
          {data.map(({ id, type, title, total, createdAt, notifiedAt, ownerId }) => (
            <Row key={id} start={<TypeIcon type={type} />} title={title} href={`/batches/${id}`}>
              {isAdmin && <Cell>{(ownerId && names.get(ownerId)) || 'System'}</Cell>}
              <Cell end>{!title.endsWith(countOf(total, 'job')) && countOf(total, 'job')}</Cell>
              <Cell>
                {failed.get(id) ? (
                  <Chip status="failed">
                    {formatCount(failed.get(id) ?? 0)}
                    {total > LOOKED_AT && '+'} failed
                  </Chip>
                ) : (
                  <Chip status={notifiedAt ? 'completed' : 'active'}>
                    {notifiedAt ? 'Ended' : 'Under way'}
                  </Chip>
                )}
              </Cell>
              <Cell end>
                <Ago at={createdAt.toISOString()} />
              </Cell>
            </Row>
          ))}
        </List>
      )}
      <Pager path="/batches" cursor={cursor} nextCursor={nextCursor} />
    </>
  )
}
