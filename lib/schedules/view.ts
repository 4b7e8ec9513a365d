import { z } from 'zod'
import type { Schedule } from '@/lib/db/generated/client'
import { shownInput } from '@/lib/jobs/input-secrets'
import { describeCron } from './describe'
import { type LastRun, lastRunsOf } from './last-runs'
import { nextFires } from './next-fire'

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

function viewOf(schedule: Schedule, run: LastRun | undefined): ScheduleView {
  return {
    id: schedule.id,
    name: schedule.name,
    type: schedule.type,
    input: shownInput(schedule),
    cron: schedule.cron,
    timezone: schedule.timezone,
    description: describeCron(schedule.cron),
    enabled: schedule.enabled,
    disabledReason: schedule.disabledReason,
    missedPolicy: schedule.missedPolicy.toLowerCase(),
    overlapPolicy: schedule.overlapPolicy.toLowerCase(),
    system: schedule.systemKey !== null,
    ownerId: schedule.ownerId,
    nextFireAt: schedule.nextFireAt?.toISOString() ?? null,
    nextRuns: comingRuns(schedule),
    lastFireAt: schedule.lastFireAt?.toISOString() ?? null,
    lastRun: run
      ? {
          jobId: run.jobId,
          status: run.status.toLowerCase(),
          createdAt: run.createdAt.toISOString(),
        }
      : null,
    createdAt: schedule.createdAt.toISOString(),
    updatedAt: schedule.updatedAt.toISOString(),
  }
}

function comingRuns({ cron, timezone, nextFireAt }: Schedule): string[] {
  if (!nextFireAt) return []
  const later = nextFires(cron, timezone, nextFireAt, COMING - 1)
  return [nextFireAt, ...later].map((time) => time.toISOString())
}
