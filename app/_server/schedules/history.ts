import type { Viewer } from '@/lib/access/viewer'
import type { ScheduleFire } from '@/lib/db/generated/client'
import type { Page } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { type ListedJob, payload } from '@/lib/jobs/lists/listed'
import { getSchedule } from './schedules'

/** A time of a schedule, what became of it, and its job while that is kept. */
export type ListedFire = ScheduleFire & { job: ListedJob | undefined }

/**
 * What became of a schedule's times, latest first; runs by hand are among them.
 * @param page `cursor` is the time the page before ended with
 * @throws {AppError} `not_found`, also for a schedule of somebody else
 */
export async function listFires(
  viewer: Viewer,
  scheduleId: string,
  { limit, cursor }: { limit: number; cursor?: Date | undefined },
): Promise<Page<ListedFire>> {
  await getSchedule(viewer, scheduleId)
  const rows = await prisma().scheduleFire.findMany({
    where: { scheduleId, ...(cursor ? { fireAt: { lt: cursor } } : {}) },
    orderBy: { fireAt: 'desc' },
    take: limit + 1,
  })
  const fires = rows.slice(0, limit)
  const ids = fires.flatMap(({ jobId }) => jobId ?? [])
  const jobs = await prisma().job.findMany({ where: { id: { in: ids } }, omit: payload })
  const byId = new Map(jobs.map((job) => [job.id, job]))
  return {
    data: fires.map((fire) => ({ ...fire, job: fire.jobId ? byId.get(fire.jobId) : undefined })),
    nextCursor: rows.length > limit ? (fires.at(-1)?.fireAt.toISOString() ?? null) : null,
  }
}
