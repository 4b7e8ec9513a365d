import { parseInput } from '@/lib/errors/parse-input'
import { inputOf } from '@/lib/forms/submit'
import { formValues } from '@/lib/http/form-state'
import { findUserFacing } from '@/lib/jobs/submit'
import { newScheduleSchema, scheduleChangesSchema } from '@/lib/schedules/fields'

const names = ['name', 'type', 'cron', 'timezone', 'missedPolicy', 'overlapPolicy']

/**
 * What a schedule's form says, for its schema to check. Its input is what the fields made from the
 * job type say; a schedule of the system has neither.
 * @throws {AppError} `invalid_input` for JSON that is none
 */
function fieldsOf(form: FormData): Record<string, unknown> {
  const values = formValues(form)
  const given = Object.entries(values).filter(([name]) => names.includes(name))
  const { type } = values
  const input = type === undefined ? {} : { input: inputOf(findUserFacing(type), form) }
  return { ...Object.fromEntries(given), ...input }
}

/** A new schedule, as its form says. @throws {AppError} `invalid_input` naming each field */
export function newFields(form: FormData) {
  return parseInput(newScheduleSchema, fieldsOf(form))
}

/** Of a schedule, what its form has. @throws {AppError} `invalid_input` naming each field */
export function changedFields(form: FormData) {
  return parseInput(scheduleChangesSchema, fieldsOf(form))
}
