'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { resetPassword } from '@/lib/auth/password-reset'
import { rememberBrowser } from '@/lib/auth/start-session'
import { countTry } from '@/lib/auth/throttle'
import { clientAddress } from '@/lib/http/client-address'
import { anybody, formAction } from '@/lib/http/form-state'

/** Sets a new password with a mailed link. */
export const chooseNewPassword = formAction(anybody, async (_, { token = '', password = '' }) => {
  await countTry('linkAddress', clientAddress(await headers()))
  const { id } = await resetPassword({ token, password })
  // Whoever has the mail is let in, however many strangers try.
  await rememberBrowser(id)
  redirect('/sign-in?notice=password-changed')
})
