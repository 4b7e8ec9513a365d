import { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import { type Job, Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { BULK_TYPE, bulkActionNames, eligible } from '@/lib/jobs/bulk/action'
import { enqueue } from '@/lib/jobs/enqueue'
import { filterWordsSchema, jobFilterSchema, requireOwnFilter } from '@/lib/jobs/lists/filter'
import { matching } from '@/lib/jobs/lists/matching'
import { bulkAction } from '@/lib/jobs/types/bulk-action'

/** What a person or an API client sends to do something to all jobs that match. */
export const bulkRequestSchema = z.strictObject({
  action: z.enum(bulkActionNames, { error: `Expected one of ${bulkActionNames.join(', ')}` }),
  filter: filterWordsSchema,
  deleteFiles: z.boolean().exactOptional().meta({
    description: 'With `delete`: files the jobs made are deleted too. They stay otherwise.',
  }),
})
export type BulkRequest = z.output<typeof bulkRequestSchema>

/** Jobs are counted up to this before they are changed. */
export const COUNTED_UP_TO = 10_000

/** Jobs that are shown before they are changed. */
const SAMPLE = 5

/** Bulk actions of one person that may be under way at once: the others have some, too. */
const MAX_OPEN = 3

/** What a bulk action would be done to now. */
export type BulkPreview = {
  /** Exact up to `COUNTED_UP_TO`; one more than that stands for any number above. */
  count: number
  /** The newest of them. */
  sample: Pick<Job, 'id' | 'title' | 'status' | 'type'>[]
}

/**
 * How many jobs a bulk action would change, and some of them.
 * @throws {AppError} `forbidden` when the filter names another owner and the viewer is no admin
 */
export async function previewBulk(viewer: Viewer, request: BulkRequest): Promise<BulkPreview> {
  requireOwnFilter(viewer, request.filter)
  const filter = jobFilterSchema.parse(request.filter)
  const jobs = matching(viewer, filter, { conditions: eligible(request.action) })
  const [counted, sample] = await Promise.all([
    prisma().$queryRaw<{ count: number }[]>(Prisma.sql`
      SELECT count(*)::int AS count
      FROM (SELECT 1 ${jobs} LIMIT ${COUNTED_UP_TO + 1}) AS counted`),
    prisma().$queryRaw<BulkPreview['sample']>(Prisma.sql`
      SELECT job.id, job.title, job.status, job.type ${jobs} ORDER BY job.id DESC LIMIT ${SAMPLE}`),
  ])
  return { count: counted[0]?.count ?? 0, sample }
}

/**
 * Enqueues the job that changes all jobs that match and exist by now: those of everybody for an
 * admin, else the viewer's own.
 * @param options `rehearse`: a few first, and the others only if these succeed
 * @throws {AppError} `forbidden` as `previewBulk`; `conflict` while too many of the viewer's are
 * under way
 */
export async function askForBulk(
  viewer: Viewer,
  request: BulkRequest,
  { rehearse = false } = {},
): Promise<Job> {
  requireOwnFilter(viewer, request.filter)
  const { action, filter } = request
  const everybody = viewer.role === 'ADMIN'
  const input = { ...request, everybody, ...(rehearse ? { rehearse } : {}) }
  return transaction(async (tx) => {
    const ownerId = viewer.userId
    const open = await tx.job.count({
      where: { ownerId, type: BULK_TYPE, endedAs: null },
    })
    if (open >= MAX_OPEN) {
      throw new AppError(
        'conflict',
        `${open} bulk actions of yours are under way. Wait until one has ended, or cancel it.`,
      )
    }
    const { job } = await enqueue(tx, bulkAction, input, { ownerId })
    const target = { type: 'job', id: job.id }
    await audit(tx, viewer, `jobs.${action}-all.ask`, target, {
      filter,
      ...(rehearse ? { rehearse } : {}),
    })
    return job
  })
}
