import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { REMOVED_TOGETHER, removeJobs } from '@/lib/jobs/transitions/remove'
import type { Person, Slice } from './removal-steps'

/** Removes a slice of somebody's jobs: all have ended by then. */
export async function removeJobsOf({ id }: Person): Promise<Slice> {
  const jobs = await prisma().job.findMany({
    where: { ownerId: id, endedAs: { not: null } },
    orderBy: { id: 'desc' },
    take: REMOVED_TOGETHER,
    select: { id: true },
  })
  const gone = await transaction((tx) =>
    removeJobs(
      tx,
      jobs.map((job) => job.id),
    ),
  )
  return { done: gone.length, next: jobs.length === REMOVED_TOGETHER ? 'more' : null }
}
