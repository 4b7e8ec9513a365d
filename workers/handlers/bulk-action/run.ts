import { type BulkAction, Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { changeJobs, firstIds, transitions } from '@/lib/jobs/bulk/change'
import { type BulkJob, jobsOf, requireStillAllowed } from './scope'

/** How far a bulk action is. */
export type BulkState = Omit<BulkAction, 'jobId'> & { askedAt: Date }

/**
 * Counts what there is to do, or finds out how far an attempt before this one came. What a rehearsal
 * stopped begins again, with a rehearsal.
 * @throws {JobError} when whoever asked for it may not do it any more
 */
export async function beginBulk(job: BulkJob): Promise<BulkState> {
  const { jobId } = job
  const { createdAt: askedAt, bulk } = await prisma().job.findUniqueOrThrow({
    where: { id: jobId },
    select: { createdAt: true, bulk: true },
  })
  if (bulk && bulk.rehearsal !== 'STOPPED') return { ...bulk, askedAt }
  await requireStillAllowed(prisma(), job)
  const rows = await prisma().$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count ${jobsOf(job, askedAt, null)}`)
  const total = rows[0]?.count ?? 0
  const start = { total, lastId: null, matched: 0, changed: 0, rehearsal: null, rehearsed: [] }
  const begun = await prisma().bulkAction.upsert({
    where: { jobId },
    create: { jobId, ...start },
    update: start,
  })
  return { ...begun, askedAt }
}

/**
 * Changes the next jobs that match, and notes how far it came in the same transaction: another
 * attempt goes on there, and one that was given up changes nothing more.
 * @param few only so many, for the others to wait for
 * @returns the new state; null when no job is left
 * @throws {JobError} when whoever asked for it may not do it any more
 */
export async function bulkSlice(
  job: BulkJob,
  state: BulkState,
  few?: number,
): Promise<BulkState | null> {
  const jobs = jobsOf(job, state.askedAt, state.lastId)
  const ids = await firstIds(jobs, few ?? transitions[job.input.action].together)
  const lastId = ids.at(-1)
  if (!lastId) return null
  await requireStillAllowed(prisma(), job)
  let next = state
  await changeJobs(job.input, ids, jobs, async (tx, changed) => {
    await requireStillAllowed(tx, job)
    const noted = {
      lastId,
      matched: state.matched + ids.length,
      changed: state.changed + changed.length,
      ...(few ? { rehearsal: 'UNDER_WAY' as const, rehearsed: changed } : {}),
    }
    const rows = await tx.bulkAction.updateManyAndReturn({
      where: { jobId: job.jobId, lastId: state.lastId },
      data: noted,
    })
    if (!rows[0]) throw new Error('A newer attempt goes on with this.')
    // Attempts tell the database's time, too.
    if (few) {
      await tx.$executeRaw`UPDATE "BulkAction" SET "rehearsedAt" = now() WHERE "jobId" = ${job.jobId}::uuid`
    }
    next = { ...state, ...noted }
  })
  return next
}
