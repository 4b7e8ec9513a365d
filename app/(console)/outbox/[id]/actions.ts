'use server'

import { requireViewer } from '@/lib/auth/session'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { showMailLink } from '@/lib/mail/outbox'

/** Shows an admin the link of a mail to somebody else; the answer carries it. */
export async function showLink(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  let secret: string | undefined
  const state = await submit(form, async () => {
    secret = await showMailLink(viewer, formValues(form).id ?? '')
    return undefined
  })
  return secret ? { ...state, secret } : state
}
