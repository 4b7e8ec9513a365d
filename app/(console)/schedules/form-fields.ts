import { AppError, type FieldIssue, invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { formValues } from '@/lib/http/form-state'
import { parseJson } from '@/lib/http/read-json'
import { newScheduleSchema, scheduleChangesSchema } from '@/lib/schedules/fields'

const names = ['name', 'type', 'cron', 'timezone', 'missedPolicy', 'overlapPolicy']

/**
 * What a schedule's form says, for its schema to check; its input is JSON.
 * @throws {AppError} `invalid_input` for an input that is not
 */
function fieldsOf(form: FormData): Record<string, unknown> {
  const { input, ...values } = formValues(form)
  const given = Object.entries(values).filter(([name]) => names.includes(name))
  return { ...Object.fromEntries(given), ...(input === undefined ? {} : { input: jsonOf(input) }) }
}

/** A new schedule, as its form says. @throws {AppError} `invalid_input` naming each field */
export function newFields(form: FormData) {
  return parseInput(newScheduleSchema, fieldsOf(form))
}

/** Of a schedule, what its form has. @throws {AppError} `invalid_input` naming each field */
export function changedFields(form: FormData) {
  return parseInput(scheduleChangesSchema, fieldsOf(form))
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    throw invalidInput([{ path: 'input', message: 'Expected JSON, such as { "name": "value" }' }])
  }
}

/** Runs `work`; what it says about parts of the input is said beside the one field there is for it. */
export async function withInputIssues<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || !error.details.issues) throw error
    const isOfInput = ({ path }: FieldIssue) => path.startsWith('input.')
    const ofInput = error.details.issues.filter(isOfInput)
    if (ofInput.length === 0) throw error
    const message = ofInput.map((issue) => `${issue.path.slice(6)}: ${issue.message}`).join('; ')
    const others = error.details.issues.filter((issue) => !isOfInput(issue))
    throw invalidInput([...others, { path: 'input', message }])
  }
}
