import { IconBell, IconChecks } from '@tabler/icons-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { countOpenAlerts } from '@/app/_server/alerts/list'
import { requireViewer } from '@/app/_server/auth/session'
import { countUnread, listNotifications } from '@/app/_server/notifications/read'
import { cursorOf, type SearchParams } from '../_components/list/href'
import { List } from '../_components/list/list'
import { Pager } from '../_components/list/pager'
import { ActionButton } from '../_components/ui/action-button'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import { PageHeader } from '../_components/ui/page-header'
import ui from '../_components/ui/ui.module.css'
import { OpenAlerts } from '../admin/alerts/open-alerts'
import { markAllRead } from './actions'
import { alike } from './alike'
import { NewNotices } from './new-notices'
import { NoticeGroup } from './notice-group'

export const metadata: Metadata = { title: 'Notifications' }

const PAGE_SIZE = 30

type Props = { searchParams: Promise<SearchParams> }

export default async function NotificationsPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const cursor = cursorOf(await searchParams)
  const [{ data, nextCursor }, unread, alerts] = await Promise.all([
    listNotifications(viewer, { limit: PAGE_SIZE, cursor }),
    countUnread(viewer),
    viewer.role === 'ADMIN' ? countOpenAlerts(viewer) : 0,
  ])
  return (
    <>
      <PageHeader
        title="Notifications"
        lead={
          <>
            What failed for good, and what is ready. To get them by mail too, change your{' '}
            <Link href="/settings" className={ui.link}>
              settings
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
      <OpenAlerts count={alerts} />
      {data.length === 0 ? (
        <Empty
          icon={<IconBell size={32} stroke={1.4} aria-hidden />}
          title={cursor ? 'Nothing older' : 'Nothing to tell yet'}
          action={<LinkButton href="/jobs">Show all jobs</LinkButton>}
        >
          When a job of yours fails for good, or a report or a batch is done, it says so here.
        </Empty>
      ) : (
        <List label="Notifications, newest first">
          {alike(data).map((notices) => (
            <NoticeGroup key={notices[0]?.id} notices={notices} />
          ))}
        </List>
      )}
      <Pager path="/notifications" cursor={cursor} nextCursor={nextCursor} />
    </>
  )
}
