'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { unreadCount, watchUnread } from '../_components/live/unread-store'
import { useRefresh } from '../_components/live/use-refresh'

/** Renders the page anew when there are more unread notifications than it shows, or fewer. */
export function NewNotices({ unread }: { unread: number }) {
  const refresh = useRefresh()
  const live = useSyncExternalStore(watchUnread, unreadCount, () => undefined)

  useEffect(() => {
    if (live !== undefined && live !== unread) refresh()
  }, [live, unread, refresh])

  return null
}
