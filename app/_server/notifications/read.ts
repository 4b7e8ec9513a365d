import { validate as isUuid } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import type { Notification } from '@/lib/db/generated/client'
import type { Page, PageRequest } from '@/lib/db/page'
import { newestFirst, pageById } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { announceNotices } from '@/lib/notifications/announce'

/** The viewer's notifications, newest first. */
export async function listNotifications(
  viewer: Viewer,
  page: PageRequest,
): Promise<Page<Notification>> {
  const rows = await prisma().notification.findMany(newestFirst(page, { userId: viewer.userId }))
  return pageById(rows, page)
}

/** How many the viewer has not read. */
export function countUnread(viewer: Viewer): Promise<number> {
  return prisma().notification.count({ where: { userId: viewer.userId, readAt: null } })
}

/** Marks the viewer's notifications as read, some or all, on every page they have open. */
export async function markRead(viewer: Viewer, ids?: readonly string[]): Promise<void> {
  const { count } = await prisma().notification.updateMany({
    where: {
      userId: viewer.userId,
      readAt: null,
      ...(ids ? { id: { in: ids.filter((id) => isUuid(id)) } } : {}),
    },
    data: { readAt: new Date() },
  })
  if (count > 0) await announceNotices(prisma(), viewer.userId)
}
