import Link from 'next/link'
import { listNotifications } from '@/app/_server/notifications/read'
import { asPerson } from '@/app/_server/users/person'
import list from '../../../../_components/list/list.module.css'
import { Pager } from '../../../../_components/list/pager'
import { Table } from '../../../../_components/list/table'
import { Ago } from '../../../../_components/time/ago'
import type { RecordsProps } from './records'

/** What somebody was told. */
export async function NotificationRecords({ admin, id, page, place }: RecordsProps) {
  const { data, nextCursor } = await listNotifications(asPerson(admin, id), page)
  return (
    <>
      <Table
        label="Table of their notifications"
        empty="No notifications."
        rows={data}
        keyOf={({ id: key }) => key}
        columns={[
          {
            name: 'Notification',
            cell: ({ title, href }) => (
              <Link href={href} prefetch={false} className={list.cut}>
                {title}
              </Link>
            ),
          },
          {
            name: 'Read',
            cell: ({ readAt }) => (readAt ? <Ago at={readAt.toISOString()} /> : 'Not yet'),
          },
          { name: 'Told', cell: ({ createdAt }) => <Ago at={createdAt.toISOString()} /> },
        ]}
      />
      <Pager {...place} nextCursor={nextCursor} />
    </>
  )
}
