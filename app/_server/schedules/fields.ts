import { z } from 'zod'
import { CronError, parseCron } from '@/lib/schedules/cron'
import { isTimezone } from '@/lib/time/zone'

const cronPattern = z.string({ error: 'Expected a cron pattern' }).superRefine((value, context) => {
  try {
    parseCron(value)
  } catch (error) {
    if (!(error instanceof CronError)) throw error
    context.addIssue({ code: 'custom', message: error.message })
  }
})

const timezone = z
  .string({ error: 'Expected a time zone such as Europe/Berlin' })
  .refine(isTimezone, { error: 'Expected the name of a time zone, such as Europe/Berlin or UTC' })

const fields = {
  name: z
    .string({ error: 'Expected a name' })
    .trim()
    .min(1, { error: 'Enter a name' })
    .max(100, { error: 'Use at most 100 characters' })
    .refine((value) => !/\p{Cc}|\p{Cs}/u.test(value), { error: 'Use one line of text' }),
  type: z.string({ error: 'Expected the name of a job type' }),
  input: z.unknown(),
  cron: cronPattern,
  timezone,
  enabled: z.boolean({ error: 'Expected true or false' }),
  /** What becomes of times that came while nothing could run. */
  missedPolicy: z.enum(['skip', 'run_once'], { error: 'Expected skip or run_once' }),
  /** What happens when a time comes while an earlier run has not ended. */
  overlapPolicy: z.enum(['allow', 'skip'], { error: 'Expected allow or skip' }),
}

/** What a new schedule is made of; `input` is checked by the type's definition. */
export const newScheduleSchema = z.strictObject({
  ...fields,
  timezone: fields.timezone.default('UTC'),
  enabled: fields.enabled.default(true),
  missedPolicy: fields.missedPolicy.default('skip'),
  overlapPolicy: fields.overlapPolicy.default('allow'),
})

/** What can be changed about a schedule. */
export const scheduleChangesSchema = z.strictObject(fields).partial()

/** When a schedule fires, for reading it back while it is typed. */
export const timingSchema = z.object({ cron: cronPattern, timezone })

export type NewSchedule = z.input<typeof newScheduleSchema>
export type ScheduleChanges = z.input<typeof scheduleChangesSchema>
