import { z } from 'zod'
import type { Viewer } from '@/lib/auth/viewer'
import { AppError, type FieldIssue, invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import type { JobDefinition } from '@/lib/jobs/definition'
import { findUserFacing, submissionSchema, submitJob } from '@/lib/jobs/submit'
import type { Field } from './field'
import { fieldsOf } from './fields'
import { readFields } from './read'

/** The name of the whole input in a form; its fields are `input.to`, … */
const INPUT = 'input'

/** The fields of a form for inputs of this type: plain data, which pages can hand to the browser. */
export function inputFieldsOf(definition: JobDefinition): Field[] {
  return fieldsOf(z.toJSONSchema(definition.input, { io: 'input', unrepresentable: 'any' }))
}

/**
 * The input that the posted fields of a generated form mean.
 * @throws {AppError} `invalid_input` for JSON that is none; all else is the definition's to check
 */
export function inputOf(definition: JobDefinition, form: FormData): unknown {
  const { input, issues } = readFields(inputFieldsOf(definition), form, INPUT)
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
 * @throws {AppError} as `work` does
 */
export async function namingFields<T>(form: FormData, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || !error.details.issues) throw error
    throw invalidInput(error.details.issues.map((issue) => inWords(issue, form)))
  }
}

/** What a schema says about a field that was left empty speaks of types; people are told to fill it. */
function inWords({ path, message }: FieldIssue, form: FormData): FieldIssue {
  const isEmpty = form.get(path) === ''
  return { path, message: isEmpty && message.startsWith('Invalid') ? 'This is needed' : message }
}
