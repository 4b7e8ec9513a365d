import { validate as isUuid } from 'uuid'
import { z } from 'zod'
import { ownedBy, type Viewer } from '@/lib/access/viewer'
import { type Batch, Prisma } from '@/lib/db/generated/client'
import type { JobStatus } from '@/lib/db/generated/enums'
import type { Page, PageRequest } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { notFound } from '@/lib/errors/app-error'
import { statusNames } from '@/lib/jobs/status'

export type CountedBatch = Batch & { counts: Record<string, number> }

/**
 * A batch the viewer may see, with the number of its jobs by status in lower case.
 * @throws {AppError} `not_found`, also for a batch of somebody else
 */
export async function getBatch(viewer: Viewer, id: string): Promise<CountedBatch> {
  const batch = isUuid(id)
    ? await prisma().batch.findFirst({ where: { id, ...ownedBy(viewer) } })
    : undefined
  if (!batch) throw notFound('This batch')
  return { ...batch, counts: await countByStatus(id) }
}

/** Batches the viewer may see, newest first; not counted, since each may hold ten thousand jobs. */
export async function listBatches(
  viewer: Viewer,
  { limit, cursor }: PageRequest,
): Promise<Page<Batch>> {
  const rows = await prisma().batch.findMany({
    where: { ...ownedBy(viewer), ...(cursor ? { id: { lt: cursor } } : {}) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const data = rows.slice(0, limit)
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}

async function countByStatus(batchId: string): Promise<Record<string, number>> {
  const rows = await prisma().$queryRaw<{ status: JobStatus; count: number }[]>(Prisma.sql`
    SELECT job.status, count(*)::int AS count
    FROM "JobFacts" facts JOIN "Job" job ON job.id = facts."jobId"
    WHERE facts."batchId" = ${batchId}::uuid GROUP BY job.status`)
  const counts: Record<string, number> = Object.fromEntries(statusNames.map((name) => [name, 0]))
  for (const { status, count } of rows) counts[status.toLowerCase()] = count
  return counts
}

/** A batch as the API shows it. */
export const batchViewSchema = z
  .object({
    id: z.uuid(),
    type: z.string(),
    title: z.string(),
    total: z.int(),
    counts: z
      .record(z.enum(statusNames), z.int())
      .meta({ description: 'Number of its jobs in each status.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Batch' })
export type BatchView = z.output<typeof batchViewSchema>

export function batchView(batch: CountedBatch): BatchView {
  const { id, type, title, total, createdAt, counts } = batch
  return { id, type, title, total, counts, createdAt: createdAt.toISOString() }
}
