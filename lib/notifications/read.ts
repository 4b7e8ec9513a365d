import { validate as isUuid } from 'uuid'
import type { Viewer } from '@/lib/auth/viewer'
import type { Notification } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import type { Page, PageRequest } from '@/lib/jobs/list'
import { announceNotices } from './announce'

/** The viewer's notifications, newest first. */
export async function listNotifications(
  viewer: Viewer,
  { limit, cursor }: PageRequest,
): Promise<Page<Notification>> {
  const rows = await prisma().notification.findMany({
    where: { userId: viewer.userId, ...(cursor ? { id: { lt: cursor } } : {}) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const data = rows.slice(0, limit)
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}

/** How many the viewer has not read. */
export function countUnread(viewer: Viewer): Promise<number> {
  return prisma().notification.count({ where: { userId: viewer.userId, readAt: null } })
}

/** Marks the viewer's notifications as read, one or all, on every page they have open. */
export async function markRead(viewer: Viewer, id?: string): Promise<void> {
  if (id !== undefined && !isUuid(id)) return
  const { count } = await prisma().notification.updateMany({
    where: { userId: viewer.userId, readAt: null, ...(id ? { id } : {}) },
    data: { readAt: new Date() },
  })
  if (count > 0) await announceNotices(prisma(), viewer.userId)
}
