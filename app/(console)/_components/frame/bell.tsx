'use client'

import { IconBell } from '@tabler/icons-react'
import Link from 'next/link'
import { useEffect, useSyncExternalStore } from 'react'
import { countOf } from '@/lib/format/count'
import { setUnreadCount, unreadCount, watchUnread } from '../live/unread-store'
import ui from '../ui/ui.module.css'
import classes from './frame.module.css'

const MOST_SHOWN = 99

/**
 * Leads to the notifications, and says live how many are unread.
 * @param unread as the server counted when it rendered the page
 * @param alerts open ones, where one sees them
 */
export function Bell({ unread, alerts }: { unread: number; alerts: number }) {
  const live = useSyncExternalStore(watchUnread, unreadCount, () => undefined)
  const news = live ?? unread
  const count = news + alerts

  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer of the server is newer
  useEffect(() => setUnreadCount(undefined), [unread])

  const kinds = [
    ...(news > 0 ? [countOf(news, 'unread', 'unread')] : []),
    ...(alerts > 0 ? [countOf(alerts, 'open alert')] : []),
  ]
  // What the badge shows is part of its name.
  const sum = kinds.length > 1 ? `${count}: ` : ''
  const words = `Notifications${count > 0 ? `, ${sum}${kinds.join(', ')}` : ''}`
  return (
    <>
      <Link
        href="/notifications"
        className={classes.item}
        title="Notifications"
        aria-label={words}
        prefetch={false}
      >
        <IconBell size={19} stroke={1.7} aria-hidden />
        {count > 0 && (
          <span className={classes.badge} aria-hidden>
            {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
          </span>
        )}
      </Link>
      <span role="status" className={ui.unseen}>
        {count > 0 && words}
      </span>
    </>
  )
}
