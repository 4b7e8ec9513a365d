import Link from 'next/link'
import { listNotifications } from '@/app/_server/notifications/read'
import { asPerson } from '@/app/_server/users/person'
import list from '../../../../_components/list/list.module.css'
import { Pager } from '../../../../_components/list/pager'
import { ScrollTable } from '../../../../_components/list/table'
import { Ago } from '../../../../_components/time/ago'
import ui from '../../../../_components/ui/ui.module.css'
import type { RecordsProps } from './records'

/** What somebody was told. */
export async function NotificationRecords({ admin, id, page, place }: RecordsProps) {
  const { data, nextCursor } = await listNotifications(asPerson(admin, id), page)
  if (data.length === 0) return <p className={ui.nothing}>No notifications.</p>
  return (
    <>
      <ScrollTable label="Table of their notifications">
        <thead>
          <tr>
            <th>Notification</th>
            <th>Read</th>
            <th>Told</th>
          </tr>
        </thead>
        <tbody>
          {data.map(({ id: key, title, href, readAt, createdAt }) => (
            <tr key={key}>
              <th scope="row">
                <Link href={href} prefetch={false} className={list.cut}>
                  {title}
                </Link>
              </th>
              <td>{readAt ? <Ago at={readAt.toISOString()} /> : 'Not yet'}</td>
              <td>
                <Ago at={createdAt.toISOString()} />
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      <Pager {...place} nextCursor={nextCursor} />
    </>
  )
}
