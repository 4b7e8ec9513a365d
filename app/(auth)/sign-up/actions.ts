'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { signUpFrom } from '@/lib/auth/sign-up'
import { startSession } from '@/lib/auth/start-session'
import { clientAddress } from '@/lib/http/client-address'
import { anybody, formAction } from '@/lib/http/form-state'

/** Creates an account and signs in to it. */
export const signUpHere = formAction(
  anybody,
  async (_, { email = '', password = '', name = '' }) => {
    const address = clientAddress(await headers())
    await startSession(await signUpFrom(address, { email, password, name }))
    redirect('/')
  },
)
