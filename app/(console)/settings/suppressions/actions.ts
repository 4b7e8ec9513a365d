'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import { countOf } from '@/lib/format/count'
import { addSuppressions, removeSuppression } from '@/lib/suppressions/list'

const PAGE = '/settings/suppressions'

/** Leaves addresses out of the viewer's mail. */
export const add = formAction(requireViewer, async (viewer, { emails = '', reason = '' }) => {
  const count = await addSuppressions(viewer, { emails, reason })
  revalidatePath(PAGE)
  return `${countOf(count, 'address', 'addresses')} will get no more mail of yours.`
})

/** Mails an address again. */
export const remove = formAction(requireViewer, async (viewer, { email = '' }) => {
  await removeSuppression(viewer, email)
  revalidatePath(PAGE)
  return `${email} gets your mail again.`
})
