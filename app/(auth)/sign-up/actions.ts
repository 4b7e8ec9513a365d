'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { signUpFrom } from '@/lib/auth/sign-up'
import { startSession } from '@/lib/auth/start-session'
import { clientAddress } from '@/lib/http/client-address'
import { type FormState, formValues, submit } from '@/lib/http/form-state'

/** Creates an account and signs in to it. */
export async function signUpHere(_state: FormState, form: FormData): Promise<FormState> {
  const { email = '', password = '', name = '' } = formValues(form)
  const state = await submit(form, async () => {
    const address = clientAddress(await headers())
    await startSession(await signUpFrom(address, { email, password, name }))
    return undefined
  })
  if (state.status === 'done') redirect('/')
  return state
}
