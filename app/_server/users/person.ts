import { countByStatus } from '@/app/_server/jobs/count-now'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { JobStatus } from '@/lib/db/generated/enums'
import { foundById } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'

/** What an admin sees of a person, besides their records. */
export async function getPerson(viewer: Viewer, id: string) {
  requireAdminViewer(viewer)
  const user = await foundById(id, 'This user', () =>
    prisma().user.findUnique({
      where: { id },
      include: { accounts: { select: { provider: true } } },
      omit: { sessionVersion: true },
    }),
  )
  const { passwordHash, accounts, ...shown } = user
  return {
    ...shown,
    hasPassword: passwordHash !== null,
    providers: accounts.map(({ provider }) => provider),
  }
}

export type Person = Awaited<ReturnType<typeof getPerson>>

/** As whom an admin reads somebody's records: what the person themselves would see. */
export function asPerson(viewer: Viewer, id: string): Viewer {
  requireAdminViewer(viewer)
  return { userId: id, role: 'USER' }
}

/** Jobs of one status are counted up to this. */
export const COUNTED_UP_TO = 10_000

/** How many jobs somebody has in each status; each at most one more than is counted. */
export async function countJobsOf(viewer: Viewer, id: string): Promise<Map<JobStatus, number>> {
  const counts = await countByStatus(asPerson(viewer, id), {}, COUNTED_UP_TO)
  return new Map(Object.values(JobStatus).map((status) => [status, counts[status]]))
}

/** How many files somebody has, and how large they are together. */
export async function sumFilesOf(
  viewer: Viewer,
  id: string,
): Promise<{ files: number; bytes: number }> {
  requireAdminViewer(viewer)
  const [row] = await prisma().$queryRaw<{ files: number; bytes: number }[]>`
    SELECT count(*)::int AS files, coalesce(sum(bytes), 0)::float8 AS bytes
    FROM "File" WHERE "ownerId" = ${id}::uuid`
  return row ?? { files: 0, bytes: 0 }
}
