'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { startSession } from '@/app/_server/auth/start-session'
import { anybody, formAction } from '@/app/_server/forms/form-state'
import { clientAddress } from '@/lib/access/client-address'
import { acceptInvitation } from '@/lib/auth/invitations'
import { countTry } from '@/lib/auth/throttle'

/** Creates the invited account, whose address the invitation says, and signs in to it. */
export const joinByInvitation = formAction(
  anybody,
  async (_, { token = '', name = '', password = '' }) => {
    await countTry('linkAddress', clientAddress(await headers()))
    await startSession(await acceptInvitation({ token, name, password }))
    redirect('/')
  },
)
