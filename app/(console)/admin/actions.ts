'use server'

import { revalidatePath } from 'next/cache'
import { requireAdmin } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import { drainWorker, undrainWorker } from '@/app/_server/queue/workers'
import type { Viewer } from '@/lib/access/viewer'

/** Lets a worker take no new jobs. */
export const drain = change(drainWorker, 'The worker takes no new jobs.')

/** Lets a drained worker take jobs again. */
export const undrain = change(undrainWorker, 'The worker takes jobs again.')

function change(work: (admin: Viewer, id: string) => Promise<void>, message: string) {
  return formAction(requireAdmin, async (admin, { id = '' }) => {
    await work(admin, id)
    revalidatePath('/admin')
    return message
  })
}
