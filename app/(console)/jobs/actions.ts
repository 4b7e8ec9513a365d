'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireViewer } from '@/app/_server/auth/session'
import { type FormState, formAction, refused, submit } from '@/app/_server/forms/form-state'
import { askForBulk, bulkRequestSchema } from '@/app/_server/jobs/ask'
import { deleteView, saveView } from '@/app/_server/jobs/saved-views'
import { changeSelected } from '@/app/_server/jobs/selected'
import { deleteSelectedSoon } from '@/app/_server/undo/deletions'
import { parseInput } from '@/lib/errors/parse-input'
import { countOf } from '@/lib/format/count'
import { isBulkAction } from '@/lib/jobs/bulk/action'
import { jobsHref } from './jobs-href'

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
    const deleteFiles = form.get('files') === 'delete'
    const changed =
      action === 'delete'
        ? await deleteSelectedSoon(viewer, ids, { keepFiles: !deleteFiles })
        : await changeSelected(viewer, { action }, ids)
    revalidatePath('/jobs')
    const left = ids.length - changed.length
    const others = left > 0 ? ` ${countOf(left, 'other')} left unchanged.` : ''
    const message = `${countOf(changed.length, 'job')} ${done[action]}.${others}`
    const mayUndo = changed.length > 0 && (action === 'cancel' || action === 'delete')
    return mayUndo ? { message, undo: { what: action, ids: changed } } : message
  })
}

/** Enqueues the job that retries, cancels or deletes all that match, and leads to it. */
export const changeAllThatMatch = formAction(
  requireViewer,
  async (viewer, { action, atOnce, files, ...filter }) => {
    const also = files === 'delete' ? { deleteFiles: true } : {}
    const request = parseInput(bulkRequestSchema, { action, filter, ...also })
    const job = await askForBulk(viewer, request, { rehearse: action === 'retry' && !atOnce })
    redirect(`/jobs/${job.id}`)
  },
)

/** Keeps the list's filter under a name, and shows it as a tab. */
export const keepView = formAction(requireViewer, async (viewer, { name = '', query = '' }) => {
  await saveView(viewer, { name, query })
  redirect(jobsHref({ ...Object.fromEntries(new URLSearchParams(query)), view: name.trim() }))
})

/** Deletes a view; the list stays as it is filtered. */
export const dropView = formAction(requireViewer, async (viewer, { name = '', query = '' }) => {
  await deleteView(viewer, name)
  redirect(jobsHref(Object.fromEntries(new URLSearchParams(query))))
})
