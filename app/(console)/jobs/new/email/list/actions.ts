'use server'

import { redirect } from 'next/navigation'
import { requireViewer } from '@/app/_server/auth/session'
import { formValues, submit } from '@/app/_server/forms/form-state'
import {
  type CheckedList,
  checkMailList,
  type ListSubmission,
  sendMailList,
} from '@/app/_server/mail-list/send'
import { templateNames } from '@/lib/mail/template-names'
import { type Checked, type ListState, MOST_SHOWN, SAMPLES } from './list-state'

/** Checks a list, or sends it: as the button that was pressed says. */
export async function checkOrSend(_state: ListState, form: FormData): Promise<ListState> {
  const viewer = await requireViewer()
  const submission = await submissionOf(form)
  let checked: Checked | undefined
  const state = await submit(form, async () => {
    checked = summary(await checkMailList(viewer, submission))
    if (form.get('intent') === 'send') {
      redirect(`/batches/${await sendMailList(viewer, submission)}`)
    }
    return undefined
  })
  // With scripts the form keeps what it holds, and needs no copy of a long list.
  const list = form.has('scripted') ? '' : submission.list
  return { ...state, values: { ...formValues(form), list }, ...(checked ? { checked } : {}) }
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

async function submissionOf(form: FormData): Promise<ListSubmission> {
  const { template, subject, title, staggerMs, list = '' } = formValues(form)
  const file = form.get('file')
  return {
    template: templateNames.find((name) => name === template) ?? 'notice',
    list: file instanceof File && file.size > 0 ? await file.text() : list,
    leaveOutBad: form.has('leaveOutBad'),
    ...(subject?.trim() ? { subject: subject.trim() } : {}),
    ...(title?.trim() ? { title: title.trim() } : {}),
    ...(staggerMs?.trim() ? { staggerMs: Number(staggerMs) } : {}),
  }
}
