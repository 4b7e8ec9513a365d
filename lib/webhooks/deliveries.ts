import { validate as isUuid } from 'uuid'
import type { Viewer } from '@/lib/auth/viewer'
import type { WebhookDelivery } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { notFound } from '@/lib/errors/app-error'
import type { Page, PageRequest } from '@/lib/jobs/list'
import { getJob } from '@/lib/jobs/read'
import { getEndpoint } from './endpoints'

/** Requests made to an endpoint the viewer may see, newest first. */
export async function listDeliveries(
  viewer: Viewer,
  endpointId: string,
  { limit, cursor }: PageRequest,
): Promise<Page<WebhookDelivery>> {
  await getEndpoint(viewer, endpointId)
  const rows = await prisma().webhookDelivery.findMany({
    where: { endpointId, ...(cursor ? { id: { lt: cursor } } : {}) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const data = rows.slice(0, limit)
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
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
  const delivery = isUuid(id)
    ? await prisma().webhookDelivery.findFirst({ where: { id, endpointId } })
    : null
  if (!delivery) throw notFound('This delivery')
  return delivery
}
