import { IconStack2 } from '@tabler/icons-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { validate as isUuid } from 'uuid'
import { requireViewer } from '@/lib/auth/session'
import { countOf } from '@/lib/format/count'
import { listBatches } from '@/lib/jobs/batches'
import { TypeIcon } from '../_components/job/type-icon'
import { Ago } from '../_components/time/ago'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import page from '../_components/ui/page.module.css'
import { PageHeader } from '../_components/ui/page-header'
import classes from './batches.module.css'

export const metadata: Metadata = { title: 'Batches' }

const PAGE_SIZE = 30

type Props = { searchParams: Promise<{ cursor?: string | string[] }> }

export default async function BatchesPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const asked = (await searchParams).cursor
  const cursor = isUuid(asked) ? String(asked) : undefined
  const { data, nextCursor } = await listBatches(viewer, { limit: PAGE_SIZE, cursor })
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
            <LinkButton href="/jobs/new/email/list" kind="primary">
              Mail a list
            </LinkButton>
          }
        >
          Mail a list of people, or send many jobs to the API in one call: their progress is here.
        </Empty>
      ) : (
        <ul className={classes.list} aria-label="Batches, newest first">
          {data.map(({ id, type, title, total, createdAt, notifiedAt }) => (
            <li key={id}>
              <TypeIcon type={type} />
              <Link href={`/batches/${id}`} className={classes.title} prefetch={false}>
                {title}
              </Link>
              <span className={classes.total}>{countOf(total, 'job')}</span>
              <span className={classes.state}>{notifiedAt ? 'Ended' : 'Under way'}</span>
              <span className={classes.when}>
                <Ago at={createdAt.toISOString()} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {(cursor || nextCursor) && (
        <nav className={page.pager} aria-label="Pages">
          {cursor && (
            <LinkButton href="/batches" size="small">
              « Newest
            </LinkButton>
          )}
          {nextCursor && (
            <LinkButton href={`/batches?cursor=${nextCursor}`} size="small">
              Older ›
            </LinkButton>
          )}
        </nav>
      )}
    </>
  )
}
