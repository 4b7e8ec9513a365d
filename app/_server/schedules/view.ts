import { z } from 'zod'
import { Prisma, type Schedule } from '@/lib/db/generated/client'
import type { JobStatus } from '@/lib/db/generated/enums'
import { prisma } from '@/lib/db/prisma'
import { shownAs } from '@/lib/format/shown'
import { shownInput } from '@/lib/jobs/input-secrets'
import { nextFires } from '@/lib/schedules/next-fire'
import { describeCron } from './describe'

/** How many coming runs are told. */
const COMING = 5

const time = z.iso.datetime()

/** A schedule as the HTTP API and the console show it. Times are ISO 8601 UTC. */
export const scheduleViewSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    type: z.string(),
    input: z.unknown().meta({ description: 'Secrets are masked.' }),
    cron: z.string(),
    timezone: z.string(),
    description: z.string().meta({ description: 'The pattern in words.' }),
    enabled: z.boolean(),
    disabledReason: z
      .string()
      .nullable()
      .meta({ description: 'Why the system paused it; null when a person did.' }),
    missedPolicy: z.string(),
    overlapPolicy: z.string(),
    system: z
      .boolean()
      .meta({ description: 'One of Millrace’s own schedules: it can be paused, but not deleted.' }),
    ownerId: z.uuid().nullable(),
    nextFireAt: time.nullable(),
    nextRuns: z.array(time).meta({ description: 'The next five times; none while it is paused.' }),
    lastFireAt: time.nullable(),
    lastRun: z.object({ jobId: z.uuid(), status: z.string(), createdAt: time }).nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Schedule' })
export type ScheduleView = z.output<typeof scheduleViewSchema>

/** The schedules as they are shown, each with its last run. */
export async function scheduleViews(schedules: readonly Schedule[]): Promise<ScheduleView[]> {
  const runs = await lastRunsOf(schedules.map(({ id }) => id))
  return schedules.map((schedule) => viewOf(schedule, runs.get(schedule.id)))
}

/** The schedule as it is shown, with its last run. */
export async function scheduleView(schedule: Schedule): Promise<ScheduleView> {
  const runs = await lastRunsOf([schedule.id])
  return viewOf(schedule, runs.get(schedule.id))
}

/** A pattern in words, and the next times it comes. */
export function readTiming(cron: string, timezone: string): { words: string; next: string[] } {
  const next = nextFires(cron, timezone, new Date(), COMING)
  return { words: describeCron(cron), next: next.map((time) => time.toISOString()) }
}

/** The latest job of a schedule. */
type LastRun = { jobId: string; status: JobStatus; createdAt: Date }

/** The latest job of each of these schedules that has one, by the schedule's id. */
async function lastRunsOf(scheduleIds: readonly string[]): Promise<Map<string, LastRun>> {
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

function viewOf(schedule: Schedule, run: LastRun | undefined): ScheduleView {
  return shownAs(scheduleViewSchema, {
    ...schedule,
    input: shownInput(schedule),
    description: describeCron(schedule.cron),
    missedPolicy: schedule.missedPolicy.toLowerCase(),
    overlapPolicy: schedule.overlapPolicy.toLowerCase(),
    system: schedule.systemKey !== null,
    nextRuns: comingRuns(schedule),
    lastRun: run
      ? { ...run, status: run.status.toLowerCase(), createdAt: run.createdAt.toISOString() }
      : null,
  })
}

function comingRuns({ cron, timezone, nextFireAt }: Schedule): string[] {
  if (!nextFireAt) return []
  const later = nextFires(cron, timezone, nextFireAt, COMING - 1)
  return [nextFireAt, ...later].map((time) => time.toISOString())
}
