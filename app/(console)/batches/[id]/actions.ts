'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/lib/auth/session'
import { countOf } from '@/lib/format/count'
import { formAction } from '@/lib/http/form-state'
import { cancelBatch, retryFailedOfBatch } from '@/lib/jobs/change-batch'

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
