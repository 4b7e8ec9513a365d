import type { Viewer } from '@/lib/access/viewer'
import { Prisma } from '@/lib/db/generated/client'
import { type Page, type PageRequest, pageById } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { type JobFilter, requireOwnFilter } from '@/lib/jobs/lists/filter'
import { type ListedJob, listedColumns } from '@/lib/jobs/lists/listed'
import { matching } from '@/lib/jobs/lists/matching'
import { EVENT_TAG } from '@/lib/webhooks/tags'

/** Jobs looked at for one page: of an owner with nothing but deliveries, a page may hold fewer jobs than it could. */
const NEAR = 2_000

/** Deliveries are counted up to this; one more stands for any number above. */
export const FOLDED_UP_TO = 1_000

const isAskedFor = Prisma.sql`NOT (job.type = 'webhook' AND job.tags @> ARRAY[${EVENT_TAG}])`

/** A page of jobs, and how many deliveries of events it leaves out. */
export type AskedFor = Page<ListedJob> & { folded: number }

/**
 * Jobs the viewer may see, newest first, without the webhooks that events sent by themselves.
 * @throws {AppError} `forbidden` when the filter names another owner and the viewer is no admin
 */
export async function listAskedFor(
  viewer: Viewer,
  filter: JobFilter,
  { limit, cursor: below }: PageRequest,
): Promise<AskedFor> {
  requireOwnFilter(viewer, filter)
  const [floor] = await prisma().$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT job.id ${matching(viewer, filter, { below })} ORDER BY job.id DESC OFFSET ${NEAR - 1} LIMIT 1`)
  const down = floor ? [Prisma.sql`job.id >= ${floor.id}::uuid`] : []
  const jobs = matching(viewer, filter, { below, conditions: [isAskedFor, ...down] })
  const rows = await prisma().$queryRaw<ListedJob[]>(Prisma.sql`
    SELECT ${listedColumns} ${jobs} ORDER BY job.id DESC LIMIT ${limit + 1}`)
  const { data, nextCursor } = pageById(rows, { limit })
  const end = nextCursor ?? floor?.id ?? null
  return {
    data,
    nextCursor: end,
    folded: await countDeliveries(viewer, filter, { below, above: end }),
  }
}

async function countDeliveries(
  viewer: Viewer,
  filter: JobFilter,
  between: { below: string | undefined; above: string | null },
): Promise<number> {
  const deliveries = matching(viewer, { ...filter, type: 'webhook', tag: EVENT_TAG }, between)
  const rows = await prisma().$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM (SELECT 1 ${deliveries} LIMIT ${FOLDED_UP_TO + 1}) AS counted`)
  return rows[0]?.count ?? 0
}
