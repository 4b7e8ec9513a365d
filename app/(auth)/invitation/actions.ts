'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { acceptInvitation } from '@/lib/auth/invitations'
import { startSession } from '@/lib/auth/start-session'
import { countTry } from '@/lib/auth/throttle'
import { clientAddress } from '@/lib/http/client-address'
import { anybody, formAction } from '@/lib/http/form-state'

/** Creates the invited account, whose address the invitation says, and signs in to it. */
export const joinByInvitation = formAction(
  anybody,
  async (_, { token = '', name = '', password = '' }) => {
    await countTry('linkAddress', clientAddress(await headers()))
    await startSession(await acceptInvitation({ token, name, password }))
    redirect('/')
  },
)
