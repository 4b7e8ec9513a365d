import { IconBell, IconChecks } from '@tabler/icons-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { validate as isUuid } from 'uuid'
import { requireViewer } from '@/lib/auth/session'
import { countUnread, listNotifications } from '@/lib/notifications/read'
import { ActionButton } from '../_components/ui/action-button'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import page from '../_components/ui/page.module.css'
import { PageHeader } from '../_components/ui/page-header'
import { markAllRead } from './actions'
import { NewNotices } from './new-notices'
import { NoticeRow } from './notice-row'
import classes from './notifications.module.css'

export const metadata: Metadata = { title: 'Notifications' }

const PAGE_SIZE = 30

type Props = { searchParams: Promise<{ cursor?: string | string[] }> }

export default async function NotificationsPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const asked = (await searchParams).cursor
  const cursor = isUuid(asked) ? String(asked) : undefined
  const [{ data, nextCursor }, unread] = await Promise.all([
    listNotifications(viewer, { limit: PAGE_SIZE, cursor }),
    countUnread(viewer),
  ])
  return (
    <>
      <PageHeader
        title="Notifications"
        lead={
          <>
            What failed for good, and what is ready. By mail too, if you wish, under{' '}
            <Link href="/settings" className={page.link}>
              Settings
            </Link>
            .
          </>
        }
      >
        {unread > 0 && (
          <ActionButton action={markAllRead} icon={<IconChecks size={16} aria-hidden />}>
            Mark all as read
          </ActionButton>
        )}
      </PageHeader>
      <NewNotices unread={unread} />
      {data.length === 0 ? (
        <Empty
          icon={<IconBell size={32} stroke={1.4} aria-hidden />}
          title={cursor ? 'Nothing older' : 'Nothing to tell yet'}
          action={<LinkButton href="/jobs">Show all jobs</LinkButton>}
        >
          When a job of yours fails for good, or a report or a batch is done, it says so here.
        </Empty>
      ) : (
        <ul className={classes.list} aria-label="Notifications, newest first">
          {data.map(({ id, kind, title, body, href, readAt, createdAt }) => (
            <NoticeRow
              key={id}
              notice={{ id, kind, title, body, href }}
              isRead={readAt !== null}
              at={createdAt.toISOString()}
            />
          ))}
        </ul>
      )}
      {(cursor || nextCursor) && (
        <nav className={page.pager} aria-label="Pages">
          {cursor && (
            <LinkButton href="/notifications" size="small">
              « Newest
            </LinkButton>
          )}
          {nextCursor && (
            <LinkButton href={`/notifications?cursor=${nextCursor}`} size="small">
              Older ›
            </LinkButton>
          )}
        </nav>
      )}
    </>
  )
}
