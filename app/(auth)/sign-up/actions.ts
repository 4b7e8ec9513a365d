'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { signUpFrom } from '@/app/_server/auth/sign-up'
import { startSession } from '@/app/_server/auth/start-session'
import { anybody, formAction } from '@/app/_server/forms/form-state'
import { clientAddress } from '@/lib/access/client-address'

/** Creates an account and signs in to it. */
export const signUpHere = formAction(
  anybody,
  async (_, { email = '', password = '', name = '' }) => {
    const address = clientAddress(await headers())
    await startSession(await signUpFrom(address, { email, password, name }))
    redirect('/')
  },
)
