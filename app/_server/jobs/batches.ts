import { z } from 'zod'
import { ownedBy, type Viewer } from '@/lib/access/viewer'
import { type Batch, Prisma } from '@/lib/db/generated/client'
import type { JobStatus } from '@/lib/db/generated/enums'
import { foundById, newestFirst, type Page, type PageRequest, pageById } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { statusNames } from '@/lib/jobs/status'

export type CountedBatch = Batch & { counts: Record<string, number> }

/**
 * A batch the viewer may see, with the number of its jobs by status in lower case.
 * @throws {AppError} `not_found`, also for a batch of somebody else
 */
export async function getBatch(viewer: Viewer, id: string): Promise<CountedBatch> {
  const batch = await foundById(id, 'This batch', () =>
    prisma().batch.findFirst({ where: { id, ...ownedBy(viewer) } }),
  )
  return { ...batch, counts: await countByStatus(id) }
}

/** Batches the viewer may see, newest first; not counted, since each may hold ten thousand jobs. */
export async function listBatches(viewer: Viewer, page: PageRequest): Promise<Page<Batch>> {
  return pageById(await prisma().batch.findMany(newestFirst(page, ownedBy(viewer))), page)
}

/** Jobs of a batch that are looked at for a list of batches. */
export const LOOKED_AT = 1_000

/** How many jobs of each of these batches have failed, among the first `LOOKED_AT` of each. */
export async function failedIn(ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await prisma().$queryRaw<{ id: string; failed: number }[]>(Prisma.sql`
    SELECT batch.id, looked.failed FROM unnest(${[...ids]}::uuid[]) AS batch (id),
      LATERAL (SELECT count(*) FILTER (WHERE "endedAs" = 'FAILED')::int AS failed FROM (
        SELECT job."endedAs" FROM "JobFacts" facts JOIN "Job" job ON job.id = facts."jobId"
        WHERE facts."batchId" = batch.id LIMIT ${LOOKED_AT}) AS jobs) AS looked`)
  return new Map(rows.map(({ id, failed }) => [id, failed]))
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
