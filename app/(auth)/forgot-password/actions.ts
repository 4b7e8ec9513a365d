'use server'

import { headers } from 'next/headers'
import { requestPasswordReset } from '@/lib/auth/password-reset'
import { clientAddress } from '@/lib/http/client-address'
import { type FormState, formValues, submit } from '@/lib/http/form-state'

/** Mails a reset link; says the same whether or not anyone has the address. */
export async function mailResetLink(_state: FormState, form: FormData): Promise<FormState> {
  return submit(form, async () => {
    const { email = '' } = formValues(form)
    await requestPasswordReset(email, clientAddress(await headers()))
    return 'If there is an account with this address, a link is on its way. It works for 30 minutes.'
  })
}
