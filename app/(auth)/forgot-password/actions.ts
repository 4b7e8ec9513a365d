'use server'

import { headers } from 'next/headers'
import { anybody, formAction } from '@/app/_server/forms/form-state'
import { clientAddress } from '@/lib/access/client-address'
import { requestPasswordReset } from '@/lib/auth/password-reset'

/** Mails a reset link; says the same whether or not anyone has the address. */
export const mailResetLink = formAction(anybody, async (_, { email = '' }) => {
  await requestPasswordReset(email, clientAddress(await headers()))
  return 'If there is an account with this address, a link is on its way. It works for 30 minutes.'
})
