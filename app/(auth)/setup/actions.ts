'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { startSession } from '@/lib/auth/start-session'
import { countTry } from '@/lib/auth/throttle'
import { createOwner } from '@/lib/auth/users'
import { clientAddress } from '@/lib/http/client-address'
import { type FormState, formValues, submit } from '@/lib/http/form-state'

/** Creates the owner and signs in; refused once there is an admin. */
export async function setUp(_state: FormState, form: FormData): Promise<FormState> {
  const { email = '', password = '', name = '' } = formValues(form)
  const state = await submit(form, async () => {
    await countTry('signUpAddress', clientAddress(await headers()))
    await startSession(await createOwner({ email, password, name }))
    return undefined
  })
  if (state.status === 'done') redirect('/')
  return state
}
