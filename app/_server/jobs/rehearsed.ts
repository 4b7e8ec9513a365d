import type { Viewer } from '@/lib/access/viewer'
import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { type ListedJob, listedColumns } from '@/lib/jobs/lists/listed'
import { matching } from '@/lib/jobs/lists/matching'

/** The jobs that a bulk action tried before the others, as far as the viewer may see them. */
export async function listRehearsed(viewer: Viewer, jobId: string): Promise<ListedJob[]> {
  const bulk = await prisma().bulkAction.findUnique({ where: { jobId } })
  if (!bulk || bulk.rehearsed.length === 0) return []
  const one = [Prisma.sql`job.id = ANY(${bulk.rehearsed}::uuid[])`]
  return prisma().$queryRaw<ListedJob[]>(Prisma.sql`
    SELECT ${listedColumns} ${matching(viewer, {}, { conditions: one })} ORDER BY job.id`)
}
