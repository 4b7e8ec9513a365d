import type { Prisma, Schedule } from '@/lib/db/generated/client'
import type { Role } from '@/lib/db/generated/enums'
import type { Database } from '@/lib/db/prisma'
import type { FieldIssue } from '@/lib/errors/app-error'
import { findDefinition } from '@/lib/jobs/catalog'
import { enqueueEach, type RequestOutcome } from '@/lib/jobs/enqueue-each'
import type { JobRequest } from '@/lib/jobs/request'
import type { PlannedFire } from './plan-fires'

/** A schedule whose time has come. */
export type DueSchedule = Schedule & {
  nextFireAt: Date
  ownerDisabled: boolean
  /** Null for a schedule of the system. */
  ownerRole: Role | null
}

/** A time of a schedule, and what it is to lead to. */
export type Fire = PlannedFire & { schedule: DueSchedule }

type Decided = Prisma.ScheduleFireCreateManyInput

/** Makes the jobs of the times that are to run; what became of every time, as it is written down. */
export async function decide(tx: Database, fires: Fire[]): Promise<Decided[]> {
  const requests = new Map<Fire, JobRequest>()
  for (const fire of fires) {
    const request = requestOf(fire)
    if (request) requests.set(fire, request)
  }
  const outcomes = await enqueueEach(tx, [...requests.values()])
  const byFire = new Map([...requests.keys()].map((fire, index) => [fire, outcomes[index]]))
  return fires.map((fire) => {
    const key = { scheduleId: fire.schedule.id, fireAt: fire.fireAt }
    return { ...key, ...recordOf(fire, byFire.get(fire)) }
  })
}

function requestOf({ outcome, schedule }: Fire): JobRequest | undefined {
  const definition = findDefinition(schedule.type)
  if (outcome !== 'RUN' || !definition || schedule.ownerDisabled) return undefined
  const { id, ownerId, ownerRole, input } = schedule
  const options = { ownerId, role: ownerRole ?? undefined, scheduleId: id, kept: input }
  return { definition, input, options }
}

function recordOf(
  { outcome, detail, schedule }: Fire,
  request: RequestOutcome | undefined,
): Omit<Decided, 'scheduleId' | 'fireAt'> {
  if (outcome !== 'RUN') return { outcome, detail }
  if (schedule.ownerDisabled) return { outcome: 'REFUSED', detail: 'Its owner is disabled.' }
  switch (request?.kind) {
    case 'created':
      return { outcome: 'CREATED', jobId: request.job.id, detail }
    case 'exists':
      return {
        outcome: 'SKIPPED_OVERLAP',
        jobId: request.job.id,
        detail: 'The same work was already under way.',
      }
    case 'refused':
      return { outcome: 'REFUSED', detail: sentence(request.issues) }
    case 'conflict':
      return { outcome: 'REFUSED', detail: request.message }
    case undefined:
      return { outcome: 'REFUSED', detail: `There is no job type ${schedule.type} any more.` }
  }
}

/** Only the fields and what is wrong with them; never their values. */
function sentence(issues: FieldIssue[]): string {
  const parts = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message))
  return `Its input is refused: ${parts.join('; ')}`
}
