'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { startSession } from '@/lib/auth/start-session'
import { countTry } from '@/lib/auth/throttle'
import { signUp } from '@/lib/auth/users'
import { clientAddress } from '@/lib/http/client-address'
import { type FormState, formValues, submit } from '@/lib/http/form-state'

/** Creates an account and signs in to it. */
export async function signUpHere(_state: FormState, form: FormData): Promise<FormState> {
  const { email = '', password = '', name = '' } = formValues(form)
  const state = await submit(form, async () => {
    await countTry('signUpAddress', clientAddress(await headers()))
    await startSession(await signUp({ email, password, name }))
    return undefined
  })
  if (state.status === 'done') redirect('/')
  return state
}
