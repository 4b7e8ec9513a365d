'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireAdmin } from '@/lib/auth/session'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { pauseJobs, resumeJobs } from '@/lib/jobs/pauses/change'

/** Pauses jobs and leads to the list. */
export async function pause(_state: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAdmin()
  return submit(form, async () => {
    const { minutes, reason = '', ...about } = formValues(form)
    await pauseJobs(admin, {
      type: about.type || null,
      owner: about.owner?.trim() || null,
      tag: about.tag?.trim() || null,
      minutes: minutes ? Number(minutes) : null,
      reason,
    })
    redirect('/admin/pauses')
  })
}

/** Ends a pause. */
export async function resume(_state: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAdmin()
  return submit(form, async () => {
    await resumeJobs(admin, formValues(form).id ?? '')
    revalidatePath('/admin', 'layout')
    return 'These jobs start again.'
  })
}
