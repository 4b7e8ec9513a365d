'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { startSession } from '@/lib/auth/start-session'
import { countTry } from '@/lib/auth/throttle'
import { createOwner } from '@/lib/auth/users'
import { clientAddress } from '@/lib/http/client-address'
import { anybody, formAction } from '@/lib/http/form-state'

/** Creates the owner and signs in; refused once there is an admin. */
export const setUp = formAction(anybody, async (_, { email = '', password = '', name = '' }) => {
  await countTry('signUpAddress', clientAddress(await headers()))
  await startSession(await createOwner({ email, password, name }))
  redirect('/')
})
