'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { safeCallbackPath } from '@/lib/auth/callback-url'
import { browserCookie } from '@/lib/auth/known-browser'
import { signInWithPassword } from '@/lib/auth/sign-in'
import { startSession } from '@/lib/auth/start-session'
import { AppError } from '@/lib/errors/app-error'
import { clientAddress } from '@/lib/http/client-address'
import { anybody, formAction } from '@/lib/http/form-state'

/** Signs in with an address and a password. */
export const signIn = formAction(anybody, async (_, { email = '', password = '', callbackUrl }) => {
  const browserToken = (await cookies()).get(browserCookie().name)?.value
  const user = await signInWithPassword(
    { email, password },
    clientAddress(await headers()),
    browserToken,
  )
  if (!user) throw new AppError('unauthenticated', 'Email or password is wrong.')
  await startSession(user)
  redirect(safeCallbackPath(callbackUrl))
})
