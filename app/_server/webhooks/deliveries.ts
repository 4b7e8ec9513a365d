import type { Viewer } from '@/lib/access/viewer'
import type { WebhookDelivery } from '@/lib/db/generated/client'
import type { Page, PageRequest } from '@/lib/db/page'
import { foundById, newestFirst, pageById } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { getJob } from '@/lib/jobs/read'
import { getEndpoint } from './endpoints'

/** Requests made to an endpoint the viewer may see, newest first. */
export async function listDeliveries(
  viewer: Viewer,
  endpointId: string,
  page: PageRequest,
): Promise<Page<WebhookDelivery>> {
  await getEndpoint(viewer, endpointId)
  const rows = await prisma().webhookDelivery.findMany(newestFirst(page, { endpointId }))
  return pageById(rows, page)
}

/** More requests of one job than this are in its endpoint's delivery log only. */
const MAX_OF_JOB = 20

/**
 * Requests that a webhook job made, the latest first.
 * @throws {AppError} `not_found`, also for a job of somebody else
 */
export async function listJobDeliveries(viewer: Viewer, jobId: string): Promise<WebhookDelivery[]> {
  await getJob(viewer, jobId)
  return prisma().webhookDelivery.findMany({
    where: { jobId },
    orderBy: [{ attempt: 'desc' }, { id: 'desc' }],
    take: MAX_OF_JOB,
  })
}

/** @throws {AppError} `not_found`, also for a delivery to another endpoint */
export async function getDelivery(
  viewer: Viewer,
  endpointId: string,
  id: string,
): Promise<WebhookDelivery> {
  await getEndpoint(viewer, endpointId)
  const where = { id, endpointId }
  return foundById(id, 'This delivery', () => prisma().webhookDelivery.findFirst({ where }))
}
