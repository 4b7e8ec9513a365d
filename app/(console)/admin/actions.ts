'use server'

import { revalidatePath } from 'next/cache'
import { requireAdmin } from '@/lib/auth/session'
import type { Viewer } from '@/lib/auth/viewer'
import { formAction } from '@/lib/http/form-state'
import { drainWorker, undrainWorker } from '@/lib/queue/workers'

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
