'use server'

import { redirect } from 'next/navigation'
import { endSession } from '@/app/_server/auth/start-session'

/** Signs out on this browser. */
export async function signOut(): Promise<void> {
  await endSession()
  redirect('/sign-in')
}
