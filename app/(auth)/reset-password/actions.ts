'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { rememberBrowser } from '@/app/_server/auth/start-session'
import { anybody, formAction } from '@/app/_server/forms/form-state'
import { clientAddress } from '@/lib/access/client-address'
import { resetPassword } from '@/lib/auth/password-reset'
import { countTry } from '@/lib/auth/throttle'

/** Sets a new password with a mailed link. */
export const chooseNewPassword = formAction(anybody, async (_, { token = '', password = '' }) => {
  await countTry('linkAddress', clientAddress(await headers()))
  const { id } = await resetPassword({ token, password })
  // Whoever has the mail is let in, however many strangers try.
  await rememberBrowser(id)
  redirect('/sign-in?notice=password-changed')
})
