import { findUserFacing, submissionSchema, submitJob } from '@/app/_server/jobs/submit'
import type { Viewer } from '@/lib/access/viewer'
import { AppError, type FieldIssue, invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import type { JobDefinition } from '@/lib/jobs/definition'
import { formHints } from '@/lib/jobs/form-hints'
import type { Field } from './field'
import { fieldsOf } from './fields'
import { readFields } from './read'

/** The name of the whole input in a form; its fields are `input.to`, … */
const INPUT = 'input'

/** A job type as its form needs it: plain data, which pages can hand to the browser. */
export type FormType = Pick<JobDefinition, 'type' | 'label' | 'verb' | 'attempts'> & {
  fields: Field[]
  /** The input it begins with. */
  start: unknown
}

/** The form of a job type, with what this person may fill in and what it begins with. */
export function formTypeOf(definition: JobDefinition, { role }: Pick<Viewer, 'role'>): FormType {
  const { type, label, verb, attempts, input } = definition
  const fields = fieldsOf(input)
  return {
    type,
    label,
    verb,
    attempts,
    fields: role === 'ADMIN' ? fields : fields.flatMap(withoutAdmins),
    start: formHints.get(input)?.start,
  }
}

function withoutAdmins(field: Field): Field[] {
  const { forAdmins } = field
  if (forAdmins === true) return []
  if (!forAdmins || field.kind !== 'choice') return [field]
  return [{ ...field, choices: field.choices.filter(({ value }) => !forAdmins.includes(value)) }]
}

/** The name of the field whose values make a job each, if the type has one. */
export function eachNameOf(definition: JobDefinition): string | undefined {
  const field = fieldsOf(definition.input).find(({ each }) => each)
  return field && `${INPUT}.${field.name}`
}

/**
 * The input that the posted fields of a generated form mean.
 * @throws {AppError} `invalid_input` for JSON that is none; all else is the definition's to check
 */
export function inputOf(definition: JobDefinition, form: FormData): unknown {
  const { input, issues } = readFields(fieldsOf(definition.input), form, INPUT)
  if (issues.length > 0) throw invalidInput(issues)
  return input
}

/**
 * Makes a job of what a generated form says.
 * @param options the form's part on time, priority, tags and the original, as the API takes them
 * @returns the job's id
 * @throws {AppError} `invalid_input` with the names of the form's fields as paths
 */
export async function submitForm(
  viewer: Viewer,
  type: string,
  form: FormData,
  options: object,
): Promise<string> {
  const input = inputOf(findUserFacing(type), form)
  return namingFields(form, async () => {
    const submission = parseInput(submissionSchema, { ...options, type, input })
    const { job } = await submitJob(viewer, submission)
    return job.id
  })
}

/**
 * Runs `work` on what a generated form says; its issues come back in a person's words.
 * @param fieldOf the name of the field that an issue's path means, where it is another
 * @throws {AppError} as `work` does
 */
export async function namingFields<T>(
  form: FormData,
  work: () => Promise<T>,
  fieldOf = (path: string) => path,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || !error.details.issues) throw error
    const named = error.details.issues.map(({ path, message }) => ({
      path: fieldOf(path),
      message,
    }))
    throw invalidInput(named.map((issue) => inWords(issue, form)))
  }
}

/** What a schema says about a field that was left empty speaks of types; people are told to fill it. */
function inWords({ path, message }: FieldIssue, form: FormData): FieldIssue {
  const isEmpty = form.get(path) === ''
  return { path, message: isEmpty && message.startsWith('Invalid') ? 'This is needed' : message }
}
