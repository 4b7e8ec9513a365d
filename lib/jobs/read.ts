import { validate as isUuid } from 'uuid'
import { ownedBy, type Viewer } from '@/lib/access/viewer'
import type { Attempt, Job, JobLog } from '@/lib/db/generated/client'
import type { Page, PageRequest } from '@/lib/db/page'
import { type Database, prisma } from '@/lib/db/prisma'
import { notFound } from '@/lib/errors/app-error'

/**
 * A job the viewer may see.
 * @throws {AppError} `not_found`, also for a job of somebody else
 */
export async function getJob(viewer: Viewer, id: string, db: Database = prisma()): Promise<Job> {
  const job = isUuid(id) ? await db.job.findFirst({ where: { id, ...ownedBy(viewer) } }) : undefined
  if (!job) throw notFound('This job')
  return job
}

/** The job's attempts, in order. Their number is bounded by the job's retries. */
export async function listAttempts(viewer: Viewer, jobId: string): Promise<Attempt[]> {
  await getJob(viewer, jobId)
  return attemptsOf(jobId)
}

/** The same of a job that the caller has looked at as its viewer. */
export function attemptsOf(jobId: string): Promise<Attempt[]> {
  return prisma().attempt.findMany({ where: { jobId }, orderBy: { number: 'asc' } })
}

/** The job's log, oldest first; `cursor` is the id of the last line of the page before. */
export async function listLogs(
  viewer: Viewer,
  jobId: string,
  page: LogPage,
): Promise<Page<JobLog>> {
  await getJob(viewer, jobId)
  return logsOf(jobId, page)
}

type LogPage = Pick<PageRequest, 'limit'> & { cursor?: string | undefined }

/** The same of a job that the caller has looked at as its viewer. */
export async function logsOf(jobId: string, page: LogPage): Promise<Page<JobLog>> {
  const rows = await prisma().jobLog.findMany({
    where: { jobId, ...(page.cursor ? { id: { gt: BigInt(page.cursor) } } : {}) },
    orderBy: { id: 'asc' },
    take: page.limit + 1,
  })
  const data = rows.slice(0, page.limit)
  return { data, nextCursor: rows.length > page.limit ? String(data.at(-1)?.id ?? '') : null }
}

/** The last lines of the log of a job that the caller has looked at as its viewer, oldest first. */
export async function latestLogs(jobId: string, limit: number): Promise<JobLog[]> {
  const rows = await prisma().jobLog.findMany({
    where: { jobId },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.toReversed()
}

/** Most copies of a job that its page names. */
const MAX_COPIES = 3

/** The latest jobs that the viewer may see and that were made from this one. */
export function listCopies(viewer: Viewer, id: string): Promise<Pick<Job, 'id' | 'title'>[]> {
  return prisma().job.findMany({
    where: { ...ownedBy(viewer), facts: { is: { originalId: id } } },
    orderBy: { id: 'desc' },
    take: MAX_COPIES,
    select: { id: true, title: true },
  })
}
