'use client'

import type { Notification } from '@/lib/db/generated/client'
import { Cell, Row } from '../_components/list/list'
import { Ago } from '../_components/time/ago'
import { ActionButton } from '../_components/ui/action-button'
import ui from '../_components/ui/ui.module.css'
import { markSeen, markTheseRead } from './actions'
import { looks, NoticeIcon } from './notice-icon'
import classes from './notifications.module.css'

export type Notice = Pick<Notification, 'id' | 'kind' | 'title' | 'body' | 'href'> & {
  isRead: boolean
  at: string
}

/** One notification; following its link marks it as read. */
export function NoticeRow({ notice }: { notice: Notice }) {
  const { id, kind, title, body, href, isRead, at } = notice
  return (
    <Row
      start={<NoticeIcon kind={kind} />}
      status={looks[kind].status}
      title={isRead ? title : <strong>{title}</strong>}
      href={href}
      onFollow={() => {
        if (!isRead) markSeen(id).catch(() => undefined)
      }}
      note={body && <p className={ui.note}>{body}</p>}
    >
      {!isRead && (
        <Cell width="auto">
          <MarkRead ids={[id]} title={title} />
        </Cell>
      )}
      <Cell end>
        {!isRead && <span className={classes.unread} role="img" aria-label="Unread" />}
        <Ago at={at} />
      </Cell>
    </Row>
  )
}

/** Marks notifications as read, which `title` names. */
export function MarkRead({ ids, title }: { ids: readonly string[]; title: string }) {
  return (
    <ActionButton
      action={markTheseRead}
      fields={{ ids: ids.join(' ') }}
      kind="quiet"
      size="small"
      aria-label={`Mark as read: ${title}`}
    >
      Mark as read
    </ActionButton>
  )
}
