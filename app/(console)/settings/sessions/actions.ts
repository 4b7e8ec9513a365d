'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { endOwnSession } from '@/app/_server/auth/own-sessions'
import { requireViewer } from '@/app/_server/auth/session'
import { endSession, startSession } from '@/app/_server/auth/start-session'
import { formAction } from '@/app/_server/forms/form-state'
import { endSessions } from '@/lib/auth/sessions'

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
