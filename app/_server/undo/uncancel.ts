import { chosenIds } from '@/app/_server/jobs/selected'
import type { Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import { Prisma } from '@/lib/db/generated/client'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { matching } from '@/lib/jobs/lists/matching'
import { retryJobs } from '@/lib/jobs/transitions/retry'

/**
 * Takes back the cancel of jobs the viewer may see: each waits again, for its own time where that is
 * yet to come. One that was stopped begins with a new attempt.
 * @returns how many
 * @throws {AppError} `conflict` when none is canceled
 */
export async function uncancelJobs(viewer: Viewer, wanted: readonly string[]): Promise<number> {
  const jobs = matching(
    viewer,
    {},
    { conditions: [Prisma.sql`job.id = ANY(${chosenIds(wanted)}::uuid[])`] },
  )
  return transaction(async (tx) => {
    const seen = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`SELECT job.id ${jobs}`)
    const ids = seen.map(({ id }) => id)
    const { length: changed } = await retryJobs(tx, ids, ['CANCELED'], true)
    if (changed === 0) {
      throw new AppError('conflict', 'It is being stopped. Retry it once it is canceled.')
    }
    await audit(tx, viewer, 'jobs.cancel-undo', { type: 'jobs', id: 'selected' }, { ids, changed })
    return changed
  })
}
