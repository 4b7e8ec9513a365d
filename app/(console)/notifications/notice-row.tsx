'use client'

import {
  IconCalendarX,
  IconCircleCheck,
  IconCircleX,
  IconPlugConnectedX,
  IconStack2,
} from '@tabler/icons-react'
import Link from 'next/link'
import type { NotificationKind } from '@/lib/db/generated/enums'
import { Ago } from '../_components/time/ago'
import { ActionButton } from '../_components/ui/action-button'
import { markOneRead, markSeen } from './actions'
import classes from './notifications.module.css'

const icons = {
  JOB_FAILED: IconCircleX,
  JOB_DONE: IconCircleCheck,
  BATCH_DONE: IconStack2,
  ENDPOINT_DISABLED: IconPlugConnectedX,
  SCHEDULE_REFUSED: IconCalendarX,
} as const satisfies Record<NotificationKind, unknown>

type Notice = { id: string; kind: NotificationKind; title: string; body: string; href: string }

/** One notification; following its link marks it as read. */
export function NoticeRow(props: { notice: Notice; isRead: boolean; at: string }) {
  const { notice, isRead, at } = props
  const { id, kind, title, body, href } = notice
  const Icon = icons[kind]
  return (
    <li className={isRead ? classes.read : undefined} data-kind={kind}>
      <Icon size={20} stroke={1.7} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Link
          href={href}
          prefetch={false}
          className={classes.title}
          onClick={() => {
            if (!isRead) markSeen(id).catch(() => undefined)
          }}
        >
          {title}
        </Link>
        {body && <p>{body}</p>}
      </div>
      <span className={classes.when}>
        {!isRead && <span className={classes.dot} role="img" aria-label="Unread" />}
        <Ago at={at} />
      </span>
      <span className={classes.action}>
        {!isRead && (
          <ActionButton
            action={markOneRead}
            fields={{ id }}
            kind="quiet"
            size="small"
            aria-label={`Mark as read: ${title}`}
          >
            Mark as read
          </ActionButton>
        )}
      </span>
    </li>
  )
}
