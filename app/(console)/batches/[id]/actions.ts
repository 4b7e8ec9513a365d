'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/lib/auth/session'
import { countOf } from '@/lib/format/count'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { cancelBatch, retryFailedOfBatch } from '@/lib/jobs/change-batch'

/** Stops what has not ended of a batch. */
export async function cancelRest(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const count = await cancelBatch(viewer, formValues(form).id ?? '')
    revalidatePath('/batches/[id]', 'page')
    return `${countOf(count, 'job')} canceled, or being stopped.`
  })
}

/** Runs again what has failed of a batch. */
export async function retryFailed(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const count = await retryFailedOfBatch(viewer, formValues(form).id ?? '')
    revalidatePath('/batches/[id]', 'page')
    return count === 1 ? '1 job runs again.' : `${countOf(count, 'job')} run again.`
  })
}
