import { Prisma } from '@/lib/db/generated/client'
import type { JobStatus } from '@/lib/db/generated/enums'
import { prisma } from '@/lib/db/prisma'

/** The latest job of a schedule. */
export type LastRun = { jobId: string; status: JobStatus; createdAt: Date }

/** The latest job of each of these schedules that has one, by the schedule's id. */
export async function lastRunsOf(scheduleIds: readonly string[]): Promise<Map<string, LastRun>> {
  if (scheduleIds.length === 0) return new Map()
  const rows = await prisma().$queryRaw<(LastRun & { scheduleId: string })[]>(Prisma.sql`
    SELECT schedule.id AS "scheduleId", job.id AS "jobId", job.status, job."createdAt"
    FROM unnest(${[...scheduleIds]}::uuid[]) AS schedule(id)
    CROSS JOIN LATERAL (
      SELECT "jobId" FROM "JobFacts" WHERE "scheduleId" = schedule.id
      ORDER BY "jobId" DESC LIMIT 1) latest
    JOIN "Job" job ON job.id = latest."jobId"`)
  return new Map(rows.map(({ scheduleId, ...run }) => [scheduleId, run]))
}
