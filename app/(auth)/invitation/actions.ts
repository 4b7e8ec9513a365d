'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { acceptInvitation } from '@/lib/auth/invitations'
import { startSession } from '@/lib/auth/start-session'
import { countTry } from '@/lib/auth/throttle'
import { clientAddress } from '@/lib/http/client-address'
import { type FormState, formValues, submit } from '@/lib/http/form-state'

/** Creates the invited account, whose address the invitation says, and signs in to it. */
export async function joinByInvitation(_state: FormState, form: FormData): Promise<FormState> {
  const { token = '', name = '', password = '' } = formValues(form)
  const state = await submit(form, async () => {
    await countTry('linkAddress', clientAddress(await headers()))
    await startSession(await acceptInvitation({ token, name, password }))
    return undefined
  })
  if (state.status === 'done') redirect('/')
  return state
}
