'use server'

import { revalidatePath } from 'next/cache'
import { requireAdmin } from '@/lib/auth/session'
import type { Viewer } from '@/lib/auth/viewer'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { drainWorker, undrainWorker } from '@/lib/queue/workers'

/** Lets a worker take no new jobs. */
export async function drain(_state: FormState, form: FormData): Promise<FormState> {
  return change(form, drainWorker, 'The worker takes no new jobs.')
}

/** Lets a drained worker take jobs again. */
export async function undrain(_state: FormState, form: FormData): Promise<FormState> {
  return change(form, undrainWorker, 'The worker takes jobs again.')
}

async function change(
  form: FormData,
  work: (admin: Viewer, id: string) => Promise<void>,
  message: string,
): Promise<FormState> {
  const admin = await requireAdmin()
  return submit(form, async () => {
    await work(admin, formValues(form).id ?? '')
    revalidatePath('/admin')
    return message
  })
}
