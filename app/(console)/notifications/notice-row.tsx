'use client'

import {
  IconCalendarX,
  IconCircleCheck,
  IconCircleX,
  IconPlugConnectedX,
  IconStack2,
} from '@tabler/icons-react'
import type { NotificationKind } from '@/lib/db/generated/enums'
import { Cell, Row } from '../_components/list/list'
import { Ago } from '../_components/time/ago'
import { ActionButton } from '../_components/ui/action-button'
import ui from '../_components/ui/ui.module.css'
import { markOneRead, markSeen } from './actions'
import classes from './notifications.module.css'

const looks = {
  JOB_FAILED: { icon: IconCircleX, status: 'failed' },
  JOB_DONE: { icon: IconCircleCheck, status: 'completed' },
  BATCH_DONE: { icon: IconStack2, status: 'completed' },
  ENDPOINT_DISABLED: { icon: IconPlugConnectedX, status: 'retrying' },
  SCHEDULE_REFUSED: { icon: IconCalendarX, status: 'failed' },
} as const satisfies Record<NotificationKind, unknown>

type Notice = { id: string; kind: NotificationKind; title: string; body: string; href: string }

/** One notification; following its link marks it as read. */
export function NoticeRow(props: { notice: Notice; isRead: boolean; at: string }) {
  const { notice, isRead, at } = props
  const { id, kind, title, body, href } = notice
  const { icon: Icon, status } = looks[kind]
  return (
    <Row
      start={<Icon size={20} stroke={1.7} aria-hidden />}
      status={status}
      title={isRead ? title : <strong>{title}</strong>}
      href={href}
      onFollow={() => {
        if (!isRead) markSeen(id).catch(() => undefined)
      }}
      note={body && <p className={ui.note}>{body}</p>}
    >
      {!isRead && (
        <Cell width="auto">
          <ActionButton
            action={markOneRead}
            fields={{ id }}
            kind="quiet"
            size="small"
            aria-label={`Mark as read: ${title}`}
          >
            Mark as read
          </ActionButton>
        </Cell>
      )}
      <Cell end>
        {!isRead && <span className={classes.unread} role="img" aria-label="Unread" />}
        <Ago at={at} />
      </Cell>
    </Row>
  )
}
