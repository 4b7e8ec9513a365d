import { unstable_rethrow } from 'next/navigation'
import type { Undo } from '@/app/_server/undo/undo'
import { isDatabaseAway } from '@/lib/db/away'
import { AppError, type FieldIssue } from '@/lib/errors/app-error'
import { logger } from '@/lib/telemetry/logger'

/** What a server action tells its form. */
export type FormState = {
  status: 'new' | 'failed' | 'done'
  /** Shown above the fields. */
  message?: string
  /** By field name. */
  errors: Record<string, string>
  /** What was typed, by field name; without passwords. */
  values: Record<string, string>
  /** What was made and is shown this once. */
  secret?: string
  /** Takes it back; offered for a few seconds. */
  undo?: Undo
  /** Where it leads. */
  href?: string
  /** Of several values that were each to make something, those that did, when others were refused. */
  made?: string[]
}

/** The text fields of a form, by name. */
export function formValues(form: FormData): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of form) {
    if (typeof value === 'string' && !name.startsWith('$ACTION')) values[name] = value
  }
  return values
}

/** What came of a form: a message, what is shown this once, or nothing to say. */
export type Outcome =
  | string
  | Partial<Pick<FormState, 'message' | 'secret' | 'values' | 'undo' | 'href'>>
  | undefined

/** Runs a server action's work; what it throws becomes messages beside the fields. */
export async function submit(form: FormData, work: () => Promise<Outcome>): Promise<FormState> {
  try {
    const outcome = await work()
    const said = typeof outcome === 'string' ? { message: outcome } : outcome
    return { status: 'done', errors: {}, values: {}, ...said }
  } catch (error) {
    unstable_rethrow(error)
    return failure(error, form)
  }
}

/** For forms of people who are not signed in: they prove themselves by what they send. */
export async function anybody(): Promise<void> {}

/**
 * A server action that a form posts to.
 * @param identify finds out who asks, and sends away those who may not
 * @param work is given the form's texts by name, and the form for all else
 */
export function formAction<Who>(
  identify: () => Promise<Who>,
  work: (who: Who, values: Record<string, string>, form: FormData) => Promise<Outcome>,
): (state: FormState, form: FormData) => Promise<FormState> {
  return async (_state, form) => {
    const who = await identify()
    return submit(form, () => work(who, formValues(form), form))
  }
}

/** A form that was refused, for reasons no field is to blame for. */
export function refused(message: string, form: FormData): FormState {
  return { status: 'failed', message, errors: {}, values: withoutPasswords(form) }
}

function failure(error: unknown, form: FormData): FormState {
  if (!(error instanceof AppError)) {
    logger('http').error({ err: error }, 'a form failed')
    const message = isDatabaseAway(error)
      ? 'The database cannot be reached. Nothing was changed; try again in a moment.'
      : 'Something went wrong on our side. Nothing was changed; try again.'
    return refused(message, form)
  }
  const { issues = [] } = error.details
  const names = [...form.keys()]
  const beside = issues.flatMap((issue) => besideField(issue, names) ?? [])
  const above = issues.filter((issue) => !besideField(issue, names)).map(({ message }) => message)
  // The first issue of a field comes last, so that it wins.
  const errors = Object.fromEntries(beside.reverse().map(({ path, message }) => [path, message]))
  const message = issues.length === 0 ? error.message : above.join('. ')
  return {
    status: 'failed',
    errors,
    values: withoutPasswords(form),
    ...(message ? { message } : {}),
  }
}

/**
 * The issue with the name of the field it is said beside: its own; the one that holds all of what it
 * is a part of; or none, where the form has fields for its parts only.
 */
function besideField({ path, message }: FieldIssue, names: string[]): FieldIssue | undefined {
  if (path === '') return undefined
  if (names.some((name) => name === path || name.startsWith(`${path}.`))) return { path, message }
  const holder = names.find((name) => path.startsWith(`${name}.`))
  return holder
    ? { path: holder, message: `${path.slice(holder.length + 1)}: ${message}` }
    : undefined
}

function withoutPasswords(form: FormData): Record<string, string> {
  const values = Object.entries(formValues(form))
  return Object.fromEntries(values.filter(([name]) => !/password|current|token/i.test(name)))
}
