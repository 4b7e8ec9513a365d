import type { Notification } from '@/lib/db/generated/client'
import type { NotificationKind } from '@/lib/db/generated/enums'
import { countOf } from '@/lib/format/count'
import { Cell, List, Row } from '../_components/list/list'
import { Ago } from '../_components/time/ago'
import ui from '../_components/ui/ui.module.css'
import { looks, NoticeIcon } from './notice-icon'
import { MarkRead, type Notice, NoticeRow } from './notice-row'

/** Fewer are shown one by one. */
const GROUPED = 3

const titles: Record<NotificationKind, (count: number) => string> = {
  JOB_FAILED: (count) => `${countOf(count, 'job')} failed`,
  JOB_DONE: (count) => `${countOf(count, 'job')} are ready`,
  BATCH_DONE: (count) => `${countOf(count, 'batch', 'batches')} are done`,
  ENDPOINT_DISABLED: (count) => `${countOf(count, 'endpoint')} were switched off`,
  SCHEDULE_REFUSED: (count) => `${countOf(count, 'schedule')} made no job`,
}

/** Notifications that say the same: one row that opens to them. */
export function NoticeGroup({ notices }: { notices: Notification[] }) {
  const shown = notices.map(noticeOf)
  const [first] = shown
  if (!first || shown.length < GROUPED) {
    return shown.map((notice) => <NoticeRow key={notice.id} notice={notice} />)
  }
  const unread = shown.filter(({ isRead }) => !isRead).map(({ id }) => id)
  const title = titles[first.kind](shown.length)
  return (
    <Row
      start={<NoticeIcon kind={first.kind} />}
      status={looks[first.kind].status}
      title={unread.length > 0 ? <strong>{title}</strong> : title}
      note={
        <>
          <p className={ui.note}>{first.body}</p>
          <details>
            <summary className={ui.note}>Show each</summary>
            <List label={title}>
              {shown.map((notice) => (
                <NoticeRow key={notice.id} notice={notice} />
              ))}
            </List>
          </details>
        </>
      }
    >
      {unread.length > 0 && (
        <Cell width="auto">
          <MarkRead ids={unread} title={title} />
        </Cell>
      )}
      <Cell end>
        <Ago at={first.at} />
      </Cell>
    </Row>
  )
}

function noticeOf({ id, kind, title, body, href, readAt, createdAt }: Notification): Notice {
  return { id, kind, title, body, href, isRead: readAt !== null, at: createdAt.toISOString() }
}
