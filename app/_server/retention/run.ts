import { runScheduleNow } from '@/app/_server/schedules/run-now'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import type { Job, Schedule } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { notFound } from '@/lib/errors/app-error'
import { isTerminal } from '@/lib/jobs/status'

/** When retention runs, and its latest job while that is kept. */
export type RetentionRuns = { schedule: Schedule; last: Job | null }

/**
 * When retention runs, and what its latest run did.
 * @returns undefined until a worker has started for the first time, which makes the schedule
 */
export async function retentionRuns(admin: Viewer): Promise<RetentionRuns | undefined> {
  requireAdminViewer(admin)
  const schedule = await prisma().schedule.findUnique({ where: { systemKey: 'retention' } })
  if (!schedule) return undefined
  const latest = await prisma().jobFacts.findFirst({
    where: { scheduleId: schedule.id },
    orderBy: { jobId: 'desc' },
    include: { job: true },
  })
  return { schedule, last: latest?.job ?? null }
}

/**
 * Runs retention now, besides its times; leaves an entry in the audit log.
 * @returns its job, and whether it is a new one: one that has not ended does the same work
 * @throws {AppError} `not_found` while no worker has ever started
 */
export async function runRetention(admin: Viewer): Promise<{ job: Job; started: boolean }> {
  const runs = await retentionRuns(admin)
  if (!runs) throw notFound('The schedule of retention')
  const { schedule, last } = runs
  if (last && !isTerminal(last.status)) return { job: last, started: false }
  return { job: await runScheduleNow(admin, schedule.id), started: true }
}
