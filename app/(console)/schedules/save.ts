import { formValues } from '@/app/_server/forms/form-state'
import { inputOf, namingFields } from '@/app/_server/forms/submit'
import { findUserFacing } from '@/app/_server/jobs/submit'
import { newScheduleSchema, scheduleChangesSchema } from '@/app/_server/schedules/fields'
import { createSchedule, updateSchedule } from '@/app/_server/schedules/schedules'
import type { Viewer } from '@/lib/access/viewer'
import { parseInput } from '@/lib/errors/parse-input'

/**
 * Makes or changes the schedule that a form describes: its input is what the fields made from the job
 * type say; a schedule of the system has neither.
 * @returns its id
 * @throws {AppError} `invalid_input` naming each field
 */
export async function saveSchedule(viewer: Viewer, form: FormData): Promise<string> {
  const { id, name, type, cron, timezone, missedPolicy, overlapPolicy } = formValues(form)
  const job = type === undefined ? {} : { name, type, input: inputOf(findUserFacing(type), form) }
  const fields = { ...job, cron, timezone, missedPolicy, overlapPolicy }
  return namingFields(form, async () => {
    if (!id) return (await createSchedule(viewer, parseInput(newScheduleSchema, fields))).id
    await updateSchedule(viewer, id, parseInput(scheduleChangesSchema, fields))
    return id
  })
}
