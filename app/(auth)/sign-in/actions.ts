'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { safeCallbackPath } from '@/app/_server/auth/callback-url'
import { startSession } from '@/app/_server/auth/start-session'
import { anybody, formAction } from '@/app/_server/forms/form-state'
import { clientAddress } from '@/lib/access/client-address'
import { browserCookie } from '@/lib/auth/known-browser'
import { signInWithPassword } from '@/lib/auth/sign-in'
import { AppError } from '@/lib/errors/app-error'

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
