'use server'

import { revalidatePath } from 'next/cache'
import { requireAdmin } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import { pauseJobs, resumeJobs } from '@/lib/jobs/pauses/change'

/** Pauses jobs and leads to the list. */
export const pause = formAction(requireAdmin, async (admin, { minutes, reason = '', ...about }) => {
  const { id } = await pauseJobs(admin, {
    type: about.type || null,
    owner: about.owner?.trim() || null,
    tag: about.tag?.trim() || null,
    minutes: minutes ? Number(minutes) : null,
    reason,
  })
  revalidatePath('/admin', 'layout')
  return {
    message: 'These jobs are paused.',
    undo: { what: 'pause-jobs', ids: [id] },
    href: '/admin/pauses',
  }
})

/** Ends a pause. */
export const resume = formAction(requireAdmin, async (admin, { id = '' }) => {
  await resumeJobs(admin, id)
  revalidatePath('/admin', 'layout')
  return 'These jobs start again.'
})
