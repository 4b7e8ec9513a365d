import { type BulkAction, Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { changeJobs, firstIds, transitions } from '@/lib/jobs/bulk/change'
import { type BulkJob, jobsOf, requireStillAllowed } from './scope'

/** How far a bulk action is. */
export type BulkState = Pick<BulkAction, 'total' | 'lastId' | 'matched' | 'changed'> & {
  askedAt: Date
}

/**
 * Counts what there is to do, or finds out how far an attempt before this one came.
 * @throws {JobError} when whoever asked for it may not do it any more
 */
export async function beginBulk(job: BulkJob): Promise<BulkState> {
  const { jobId } = job
  const { createdAt: askedAt, bulk } = await prisma().job.findUniqueOrThrow({
    where: { id: jobId },
    select: { createdAt: true, bulk: true },
  })
  if (bulk) return { ...bulk, askedAt }
  await requireStillAllowed(prisma(), job)
  const rows = await prisma().$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count ${jobsOf(job, askedAt, null)}`)
  const begun = await prisma().bulkAction.create({ data: { jobId, total: rows[0]?.count ?? 0 } })
  return { ...begun, askedAt }
}

/**
 * Changes the next jobs that match, and notes how far it came in the same transaction: another
 * attempt goes on there, and one that was given up changes nothing more.
 * @returns the new state; null when no job is left
 * @throws {JobError} when whoever asked for it may not do it any more
 */
export async function bulkSlice(job: BulkJob, state: BulkState): Promise<BulkState | null> {
  const jobs = jobsOf(job, state.askedAt, state.lastId)
  const ids = await firstIds(jobs, transitions[job.input.action].together)
  const lastId = ids.at(-1)
  if (!lastId) return null
  await requireStillAllowed(prisma(), job)
  const noted = (changed: number) => ({
    lastId,
    matched: state.matched + ids.length,
    changed: state.changed + changed,
  })
  const count = await changeJobs(job.input, ids, jobs, async (tx, changed) => {
    await requireStillAllowed(tx, job)
    const where = { jobId: job.jobId, lastId: state.lastId }
    const { count: rows } = await tx.bulkAction.updateMany({ where, data: noted(changed) })
    if (rows === 0) throw new Error('A newer attempt goes on with this.')
  })
  return { ...state, ...noted(count) }
}
