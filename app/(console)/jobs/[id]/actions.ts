'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireViewer } from '@/lib/auth/session'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { removeJob } from '@/lib/jobs/transitions/remove'
import { retryJob } from '@/lib/jobs/transitions/retry'

/** Stops a job that has not ended. */
export async function cancel(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const { cancel } = await cancelJob(viewer, formValues(form).id ?? '')
    revalidatePath('/jobs/[id]', 'page')
    return cancel === 'canceled'
      ? 'The job is canceled.'
      : 'Canceling: the job is told to stop, and will not run again.'
  })
}

/** Runs a failed or canceled job again. */
export async function retry(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await retryJob(viewer, formValues(form).id ?? '')
    revalidatePath('/jobs/[id]', 'page')
    return 'The job runs again.'
  })
}

/** Deletes an ended job and leads back to the list. */
export async function remove(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await removeJob(viewer, formValues(form).id ?? '')
    redirect('/jobs')
  })
}
