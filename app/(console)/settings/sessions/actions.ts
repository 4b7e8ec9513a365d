'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { endOwnSession } from '@/lib/auth/own-sessions'
import { requireViewer } from '@/lib/auth/session'
import { endSessions } from '@/lib/auth/sessions'
import { endSession, startSession } from '@/lib/auth/start-session'
import { formAction } from '@/lib/http/form-state'

const PAGE = '/settings/sessions'

/** Signs one device out. */
export const signOutDevice = formAction(requireViewer, async (viewer, { id = '' }) => {
  await endOwnSession(viewer, id)
  revalidatePath(PAGE)
  return 'The device is signed out.'
})

/** Signs every other device out; this one goes on with a new session. */
export const signOutOthers = formAction(requireViewer, async (viewer) => {
  await startSession(await endSessions(viewer.userId))
  revalidatePath(PAGE)
  return 'All other devices are signed out.'
})

/** Signs every device out, this one too. */
export const signOutEverywhere = formAction(requireViewer, async (viewer) => {
  await endSessions(viewer.userId)
  await endSession()
  redirect('/sign-in?notice=signed-out')
})
