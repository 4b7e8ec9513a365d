'use server'

import { revalidatePath } from 'next/cache'
import { requireAdmin } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import { drainWorker, undrainWorker } from '@/app/_server/queue/workers'

/** Lets a worker take no new jobs. */
export const drain = formAction(requireAdmin, async (admin, { id = '' }) => {
  await drainWorker(admin, id)
  revalidatePath('/admin')
  return { message: 'The worker takes no new jobs.', undo: { what: 'drain-worker', ids: [id] } }
})

/** Lets a drained worker take jobs again. */
export const undrain = formAction(requireAdmin, async (admin, { id = '' }) => {
  await undrainWorker(admin, id)
  revalidatePath('/admin')
  return 'The worker takes jobs again.'
})
