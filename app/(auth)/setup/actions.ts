'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { startSession } from '@/app/_server/auth/start-session'
import { anybody, formAction } from '@/app/_server/forms/form-state'
import { clientAddress } from '@/lib/access/client-address'
import { countTry } from '@/lib/auth/throttle'
import { createOwner } from '@/lib/auth/users'

/** Creates the owner and signs in; refused once there is an admin. */
export const setUp = formAction(anybody, async (_, { email = '', password = '', name = '' }) => {
  await countTry('signUpAddress', clientAddress(await headers()))
  await startSession(await createOwner({ email, password, name }))
  redirect('/')
})
