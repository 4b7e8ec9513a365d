'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/lib/auth/session'
import { countOf } from '@/lib/format/count'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { addSuppressions, removeSuppression } from '@/lib/suppressions/list'

const PAGE = '/settings/suppressions'

/** Leaves addresses out of the viewer's mail. */
export async function add(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const { emails = '', reason = '' } = formValues(form)
    const count = await addSuppressions(viewer, { emails, reason })
    revalidatePath(PAGE)
    return `${countOf(count, 'address', 'addresses')} will get no more mail of yours.`
  })
}

/** Mails an address again. */
export async function remove(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const { email = '' } = formValues(form)
    await removeSuppression(viewer, email)
    revalidatePath(PAGE)
    return `${email} gets your mail again.`
  })
}
