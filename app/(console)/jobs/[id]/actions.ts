'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import { deleteJobSoon } from '@/app/_server/undo/deletions'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { retryJob } from '@/lib/jobs/transitions/retry'

/** Stops a job that has not ended. */
export const cancel = formAction(requireViewer, async (viewer, { id = '' }) => {
  const { cancel } = await cancelJob(viewer, id)
  revalidatePath('/jobs/[id]', 'page')
  return {
    message:
      cancel === 'canceled'
        ? 'The job is canceled.'
        : 'Canceling: the job is told to stop, and will not run again.',
    undo: { what: 'cancel', ids: [id] },
  }
})

/** Runs a failed or canceled job again. */
export const retry = formAction(requireViewer, async (viewer, { id = '' }) => {
  await retryJob(viewer, id)
  revalidatePath('/jobs/[id]', 'page')
  return 'The job runs again.'
})

/** Deletes an ended job, with the file it made if that is asked for, and leads back to the list. */
export const remove = formAction(requireViewer, async (viewer, { id = '', files }) => {
  await deleteJobSoon(viewer, id, { keepFiles: files !== 'delete' })
  return {
    message: 'The job is deleted.',
    undo: { what: 'delete', ids: [id] },
    href: '/jobs',
  }
})
