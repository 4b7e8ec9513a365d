import { prisma } from '@/lib/db/prisma'
import { inSlices, SLICE } from '@/lib/jobs/slices'
import { cancelJobs } from '@/lib/jobs/transitions/cancel'

/** Cancels what of somebody's waits, and tells what runs to stop; at most so many slices of it. */
export async function cancelOpenJobs(
  userId: string,
  slices = Number.POSITIVE_INFINITY,
): Promise<void> {
  let left = slices
  // What is canceled fits no more: the next slice begins where this one did.
  const next = async () => {
    if (left-- === 0) return []
    const rows = await prisma().$queryRaw<{ id: string }[]>`
      SELECT id FROM "Job"
      WHERE "ownerId" = ${userId}::uuid AND "endedAs" IS NULL
        AND (status <> 'ACTIVE' OR "cancelRequestedAt" IS NULL)
      LIMIT ${SLICE}`
    return rows.map(({ id }) => id)
  }
  await inSlices(next, async (tx, ids) => (await cancelJobs(tx, ids)).length)
}

/** Whether some of somebody's jobs have not ended. */
export async function hasOpenJobs(userId: string): Promise<boolean> {
  const job = await prisma().job.findFirst({
    where: { ownerId: userId, endedAs: null },
    select: { id: true },
  })
  return job !== null
}
