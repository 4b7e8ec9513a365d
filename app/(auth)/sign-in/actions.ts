'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { safeCallbackPath } from '@/lib/auth/callback-url'
import { browserCookie } from '@/lib/auth/known-browser'
import { signInWithPassword } from '@/lib/auth/sign-in'
import { startSession } from '@/lib/auth/start-session'
import { clientAddress } from '@/lib/http/client-address'
import { type FormState, formValues, refused, submit } from '@/lib/http/form-state'

/** Signs in with an address and a password. */
export async function signIn(_state: FormState, form: FormData): Promise<FormState> {
  const { email = '', password = '', callbackUrl } = formValues(form)
  let signedIn = false
  const state = await submit(form, async () => {
    const browserToken = (await cookies()).get(browserCookie().name)?.value
    const user = await signInWithPassword(
      { email, password },
      clientAddress(await headers()),
      browserToken,
    )
    if (user) await startSession(user)
    signedIn = user !== null
    return undefined
  })
  if (signedIn) redirect(safeCallbackPath(callbackUrl))
  return state.status === 'failed' ? state : refused('Email or password is wrong.', form)
}
