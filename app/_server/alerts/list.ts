import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import type { Alert, AlertNotice, JobStatus } from '@/lib/db/generated/client'
import type { Page, PageRequest } from '@/lib/db/page'
import { newestFirst, pageById } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'

/** Most open alerts that are listed, and most messages of the alerts of one page. */
const MOST_OPEN = 100
const MOST_NOTICES = 1_000

/** A message that told of an alert, and how its job stands; undefined when the job is gone. */
export type ListedNotice = AlertNotice & { status: JobStatus | undefined }

export type ListedAlert = Alert & { notices: ListedNotice[] }

/** Alerts that are not over, those that fired last first. */
export async function listOpenAlerts(admin: Viewer): Promise<ListedAlert[]> {
  requireAdminViewer(admin)
  const alerts = await prisma().alert.findMany({
    where: { resolvedAt: null },
    orderBy: { id: 'desc' },
    take: MOST_OPEN,
  })
  return withNotices(alerts)
}

/** Alerts that are over, those that fired last first. */
export async function listAlertHistory(
  admin: Viewer,
  page: PageRequest,
): Promise<Page<ListedAlert>> {
  requireAdminViewer(admin)
  const rows = await prisma().alert.findMany(newestFirst(page, { resolvedAt: { not: null } }))
  const { data, nextCursor } = pageById(rows, page)
  return { data: await withNotices(data), nextCursor }
}

/** How many alerts are open. */
export function countOpenAlerts(admin: Viewer): Promise<number> {
  requireAdminViewer(admin)
  return prisma().alert.count({ where: { resolvedAt: null } })
}

async function withNotices(alerts: Alert[]): Promise<ListedAlert[]> {
  if (alerts.length === 0) return []
  const notices = await prisma().alertNotice.findMany({
    where: { alertId: { in: alerts.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
    take: MOST_NOTICES,
  })
  const jobs = await prisma().job.findMany({
    where: { id: { in: notices.flatMap(({ jobId }) => jobId ?? []) } },
    select: { id: true, status: true },
  })
  const statuses = new Map(jobs.map(({ id, status }) => [id, status]))
  const listed = notices.map((notice) => ({
    ...notice,
    status: notice.jobId ? statuses.get(notice.jobId) : undefined,
  }))
  return alerts.map((alert) => ({
    ...alert,
    notices: listed.filter(({ alertId }) => alertId === alert.id),
  }))
}
