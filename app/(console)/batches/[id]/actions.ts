'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import { cancelBatch, retryFailedOfBatch } from '@/app/_server/jobs/change-batch'
import { countOf } from '@/lib/format/count'

/** Stops what has not ended of a batch. */
export const cancelRest = formAction(requireViewer, async (viewer, { id = '' }) => {
  const count = await cancelBatch(viewer, id)
  revalidatePath('/batches/[id]', 'page')
  return `${countOf(count, 'job')} canceled, or being stopped.`
})

/** Runs again what has failed of a batch. */
export const retryFailed = formAction(requireViewer, async (viewer, { id = '' }) => {
  const count = await retryFailedOfBatch(viewer, id)
  revalidatePath('/batches/[id]', 'page')
  return count === 1 ? '1 job runs again.' : `${countOf(count, 'job')} run again.`
})
