'use server'

import { redirect } from 'next/navigation'
import { requireViewer } from '@/lib/auth/session'
import {
  type CheckedList,
  checkMailList,
  type ListSubmission,
  sendMailList,
} from '@/lib/mail/list/send'
import { templateNames } from '@/lib/mail/template-names'
import { problemOf } from '../../submission'
import { type Checked, type ListFields, type ListState, MOST_SHOWN, SAMPLES } from './list-state'

/** Checks a list, or sends it: as the button that was pressed says. */
export async function checkOrSend(_state: ListState, form: FormData): Promise<ListState> {
  const viewer = await requireViewer()
  const fields = await fieldsOf(form)
  // With scripts the form keeps what it holds, and needs no copy of a long list.
  const values = form.get('scripted') ? { ...fields, list: '' } : fields
  let checked: Checked | undefined
  try {
    const submission = toSubmission(fields, form.has('leaveOutBad'))
    checked = summary(await checkMailList(viewer, submission))
    if (form.get('intent') === 'send') {
      redirect(`/batches/${await sendMailList(viewer, submission)}`)
    }
    return { values, checked }
  } catch (error) {
    return { values, problem: problemOf(error), ...(checked ? { checked } : {}) }
  }
}

function summary(list: CheckedList): Checked {
  const { recipients, problems, duplicates, suppressed, unused } = list
  return {
    count: recipients.length,
    samples: recipients.slice(0, SAMPLES),
    problems: problems.slice(0, MOST_SHOWN),
    leftOut: [...duplicates, ...suppressed].slice(0, MOST_SHOWN),
    counts: {
      problems: problems.length,
      duplicates: duplicates.length,
      suppressed: suppressed.length,
    },
    unused,
  }
}

async function fieldsOf(form: FormData): Promise<ListFields> {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const file = form.get('file')
  const uploaded = file instanceof File && file.size > 0 ? await file.text() : undefined
  return {
    template: templateNames.find((name) => name === text('template')) ?? 'notice',
    subject: text('subject').trim(),
    list: uploaded ?? text('list'),
    staggerMs: text('staggerMs').trim(),
    title: text('title').trim(),
  }
}

function toSubmission(fields: ListFields, leaveOutBad: boolean): ListSubmission {
  const { template, list, subject, title, staggerMs } = fields
  return {
    template,
    list,
    leaveOutBad,
    ...(subject ? { subject } : {}),
    ...(title ? { title } : {}),
    ...(staggerMs ? { staggerMs: Number(staggerMs) } : {}),
  }
}
