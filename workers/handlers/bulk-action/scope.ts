import { Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { eligible } from '@/lib/jobs/bulk/action'
import { permanentError } from '@/lib/jobs/job-error'
import { jobFilterSchema } from '@/lib/jobs/lists/filter'
import { matching } from '@/lib/jobs/lists/matching'
import type { BulkInput } from '@/lib/jobs/types/bulk-action'

/** A bulk action's job, as far as its work needs it. */
export type BulkJob = { jobId: string; ownerId: string | null; input: BulkInput }

/**
 * The jobs it is about, as SQL from FROM on: those that existed when it was asked for, without itself.
 * @param after those with higher ids alone
 */
export function jobsOf(job: BulkJob, askedAt: Date, after: string | null): Prisma.Sql {
  const { jobId, ownerId, input } = job
  const filter = jobFilterSchema.parse(input.filter)
  // Times are kept to the millisecond.
  const end = new Date(askedAt.getTime() + 1)
  const to = filter.to && filter.to < end ? filter.to : end
  // Nobody owns the jobs of a job that nobody owns.
  const viewer = { userId: ownerId ?? jobId, role: input.everybody ? 'ADMIN' : 'USER' } as const
  return matching(
    viewer,
    { ...filter, to },
    {
      above: after,
      conditions: [...eligible(input.action), Prisma.sql`job.id <> ${jobId}::uuid`],
    },
  )
}

/**
 * Whoever asked for it may still do it: rights may be taken away while it runs.
 * @throws {JobError} that no further attempt can better
 */
export async function requireStillAllowed(db: Database, { ownerId, input }: BulkJob) {
  const owner = ownerId
    ? await db.user.findUnique({
        where: { id: ownerId },
        select: { role: true, disabledAt: true },
      })
    : null
  if (!owner || owner.disabledAt) {
    throw permanentError('not_allowed', 'The account that asked for this has been disabled.')
  }
  if (input.everybody && owner.role !== 'ADMIN') {
    throw permanentError(
      'not_allowed',
      'It was asked for by an admin who is none any more. What was changed until then stays so.',
    )
  }
}
