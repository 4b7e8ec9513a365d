'use server'

import { createHash } from 'node:crypto'
import { redirect } from 'next/navigation'
import { requireViewer } from '@/app/_server/auth/session'
import { type FormState, formValues, submit } from '@/app/_server/forms/form-state'
import { eachNameOf, inputOf, namingFields, submitForm } from '@/app/_server/forms/submit'
import { propertyOf } from '@/app/_server/forms/write'
import { sendMailList } from '@/app/_server/mail-list/send'
import type { Viewer } from '@/lib/access/viewer'
import { invalidInput } from '@/lib/errors/app-error'
import { countOf } from '@/lib/format/count'
import { catalog, findDefinition } from '@/lib/jobs/catalog'
import { templateNames } from '@/lib/mail/template-names'
import { saveSchedule } from '../../schedules/save'

/** Makes the job, the jobs, the batch or the schedule that a form describes, and leads there. */
export async function compose(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  const { when, type = '' } = formValues(form)
  if (when === 'list') {
    return submit(form, async () => redirect(`/batches/${await sendToList(viewer, form)}`))
  }
  const each = eachOf(type, form)
  const problem = each && countProblem(each.values.length, when === 'schedule')
  if (problem) {
    const issues = [{ path: each.name, message: problem }]
    return submit(form, () => Promise.reject(invalidInput(issues)))
  }
  if (when === 'schedule') {
    return submit(form, async () =>
      redirect(`/schedules/${await saveSchedule(viewer, each?.forms[0] ?? form)}`),
    )
  }
  const refused: { value: string; state: FormState }[] = []
  const made: { value: string; jobId: string }[] = []
  for (const [index, one] of (each?.forms ?? [form]).entries()) {
    const value = each?.values[index] ?? ''
    const state = await submit(one, async () => {
      const options = { ...optionsOf(one), idempotencyKey: keyOf(one) }
      made.push({ value, jobId: await submitForm(viewer, type, one, options) })
      return undefined
    })
    if (state.status === 'failed') refused.push({ value, state })
  }
  const [first] = refused
  if (!first) redirect(made.length === 1 ? `/jobs/${made[0]?.jobId}` : `/jobs?type=${type}`)
  if (made.length + refused.length === 1 || !each) return first.state
  return {
    ...first.state,
    message: [
      made.length > 0 && `${countOf(made.length, 'job')} started.`,
      first.state.message ??
        `${countOf(refused.length, 'job')} cannot be made like this; see below.`,
    ]
      .filter(Boolean)
      .join(' '),
    errors: Object.assign(
      { ...first.state.errors },
      ...refused.map(({ value, state }) => ({
        [`${each.name}.${value}`]: state.errors[each.name],
      })),
    ),
    made: made.map(({ value }) => value),
  }
}

/** Most jobs that one form makes. */
const MOST = 50

function countProblem(count: number, isSchedule: boolean): string | undefined {
  if (count === 0) return 'Choose at least one.'
  if (isSchedule && count > 1) return 'A schedule works on one: remove the others.'
  return count > MOST ? `At most ${MOST} at once: remove ${count - MOST}.` : undefined
}

/** The values of the field that makes a job each, and the form as it would be with each alone. */
function eachOf(type: string, form: FormData) {
  const definition = findDefinition(type)
  const name = definition && eachNameOf(definition)
  if (!name) return undefined
  const texts = form.getAll(name).filter((value) => typeof value === 'string' && value !== '')
  const values = [...new Set(texts.map(String))]
  const forms = values.map((value) => {
    const one = new FormData()
    for (const [key, entry] of form) if (key !== name) one.append(key, entry)
    one.append(name, value)
    return one
  })
  return { name, values, forms }
}

/** Mails everybody on the form's list. @returns the batch's id */
function sendToList(viewer: Viewer, form: FormData): Promise<string> {
  const { list = '', title, staggerMs, expected, tags } = formValues(form)
  const input = inputOf(catalog.email, form)
  const texts: object = Object(propertyOf(input, 'variables'))
  const subject = propertyOf(input, 'subject')
  const send = () =>
    sendMailList(viewer, {
      list,
      template: templateNames.find((name) => name === propertyOf(input, 'template')) ?? 'notice',
      variables: Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [name, String(text)]),
      ),
      leaveOutBad: form.has('leaveOutBad'),
      expected: Number(expected ?? -1),
      tags: tagsOf(tags),
      subject: typeof subject === 'string' ? subject : undefined,
      title: title?.trim() || undefined,
      staggerMs: staggerMs?.trim() ? Number(staggerMs) : undefined,
      idempotencyKey: keyOf(form),
    })
  return namingFields(form, send, (path) =>
    /^(subject|template|variables)\b/.test(path) ? `input.${path}` : path,
  )
}

/** The form's part on time, priority, tags and the original, as the API takes them. */
function optionsOf(form: FormData): object {
  const { when, runAt, priority, tags, originalId } = formValues(form)
  if (when === 'later' && !runAt) {
    throw invalidInput([{ path: 'runAt', message: 'Choose a date and time.' }])
  }
  return {
    ...(when === 'later' ? { runAt } : {}),
    ...(priority ? { priority: Number(priority) } : {}),
    tags: tagsOf(tags),
    ...(originalId ? { originalId } : {}),
  }
}

function tagsOf(text = ''): string[] {
  const tags = text.split(',').map((tag) => tag.trim())
  return tags.filter(Boolean)
}

/** The same for the same form with the same content: what is sent again makes nothing more. */
function keyOf(form: FormData): string | undefined {
  const values = formValues(form)
  return values.sendKey && createHash('sha256').update(JSON.stringify(values)).digest('base64url')
}
