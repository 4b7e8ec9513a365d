'use server'

import { redirect } from 'next/navigation'
import { anybody, formAction } from '@/app/_server/forms/form-state'
import { unsubscribe } from '@/lib/suppressions/unsubscribe'

/** Opts out whom the link in the mail names. */
export const stopMail = formAction(anybody, async (_, { token = '' }) => {
  await unsubscribe(token)
  redirect(`/unsubscribe?token=${encodeURIComponent(token)}&done`)
})
