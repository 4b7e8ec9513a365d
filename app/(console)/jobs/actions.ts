'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireViewer } from '@/lib/auth/session'
import { parseInput } from '@/lib/errors/parse-input'
import { countOf } from '@/lib/format/count'
import { type FormState, formAction, refused, submit } from '@/lib/http/form-state'
import { isBulkAction } from '@/lib/jobs/bulk/action'
import { askForBulk, bulkRequestSchema } from '@/lib/jobs/bulk/ask'
import { changeSelected } from '@/lib/jobs/bulk/selected'

const done = {
  retry: 'queued again',
  cancel: 'canceled, or being stopped',
  promote: 'due now',
  delete: 'deleted',
}

/** Retries, cancels or deletes the jobs that were chosen in the list. */
export async function changeChosen(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  const ids = form.getAll('job').filter((id) => typeof id === 'string')
  const action = form.get('what')
  if (!isBulkAction(action)) return refused('Choose what to do with them.', form)
  return submit(form, async () => {
    const changed = await changeSelected(viewer, action, ids)
    revalidatePath('/jobs')
    const left = ids.length - changed
    const others = left > 0 ? ` ${countOf(left, 'other')} cannot be, as things stand.` : ''
    return `${countOf(changed, 'job')} ${done[action]}.${others}`
  })
}

/** Enqueues the job that retries, cancels or deletes all that match, and leads to it. */
export const changeAllThatMatch = formAction(
  requireViewer,
  async (viewer, { action, ...filter }) => {
    const job = await askForBulk(viewer, parseInput(bulkRequestSchema, { action, filter }))
    redirect(`/jobs/${job.id}`)
  },
)
