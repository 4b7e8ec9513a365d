'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireViewer } from '@/lib/auth/session'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { cancelJob, deleteJob, retryJob } from '@/lib/jobs/change'

/** Stops a job that has not ended. */
export async function cancel(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const { status } = await cancelJob(viewer, formValues(form).id ?? '')
    revalidatePath('/jobs/[id]', 'page')
    return status === 'CANCELED' ? 'The job is canceled.' : 'The job is being stopped.'
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
    await deleteJob(viewer, formValues(form).id ?? '')
    redirect('/jobs')
  })
}
