'use server'

import { redirect } from 'next/navigation'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { unsubscribe } from '@/lib/suppressions/unsubscribe'

/** Opts out whom the link in the mail names. */
export async function stopMail(_state: FormState, form: FormData): Promise<FormState> {
  const { token = '' } = formValues(form)
  const state = await submit(form, async () => {
    await unsubscribe(token)
    return undefined
  })
  if (state.status === 'done') redirect(`/unsubscribe?token=${encodeURIComponent(token)}&done`)
  return state
}
