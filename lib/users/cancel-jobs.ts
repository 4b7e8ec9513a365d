import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { cancelJobs, SLICE } from '@/lib/jobs/change-many'

/** Cancels what of somebody's waits, and tells what runs to stop; at most so many slices of it. */
export async function cancelOpenJobs(
  userId: string,
  slices = Number.POSITIVE_INFINITY,
): Promise<void> {
  for (let slice = 0; slice < slices; slice++) {
    const rows = await prisma().$queryRaw<{ id: string }[]>`
      SELECT id FROM "Job"
      WHERE "ownerId" = ${userId}::uuid AND status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING')
        AND (status <> 'ACTIVE' OR "cancelRequestedAt" IS NULL)
      LIMIT ${SLICE}`
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0) await transaction((tx) => cancelJobs(tx, ids))
    if (ids.length < SLICE) return
  }
}

/** Whether some of somebody's jobs have not ended. */
export async function hasOpenJobs(userId: string): Promise<boolean> {
  const job = await prisma().job.findFirst({
    where: { ownerId: userId, status: { in: ['SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING'] } },
    select: { id: true },
  })
  return job !== null
}
