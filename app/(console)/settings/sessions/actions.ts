'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { endOwnSession } from '@/lib/auth/own-sessions'
import { requireViewer } from '@/lib/auth/session'
import { endSessions } from '@/lib/auth/sessions'
import { endSession, startSession } from '@/lib/auth/start-session'
import { type FormState, formValues, submit } from '@/lib/http/form-state'

const PAGE = '/settings/sessions'

/** Signs one device out. */
export async function signOutDevice(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await endOwnSession(viewer, formValues(form).id ?? '')
    revalidatePath(PAGE)
    return 'The device is signed out.'
  })
}

/** Signs every other device out; this one goes on with a new session. */
export async function signOutOthers(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await startSession(await endSessions(viewer.userId))
    revalidatePath(PAGE)
    return 'All other devices are signed out.'
  })
}

/** Signs every device out, this one too. */
export async function signOutEverywhere(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  const state = await submit(form, async () => {
    await endSessions(viewer.userId)
    await endSession()
    return undefined
  })
  if (state.status === 'done') redirect('/sign-in?notice=signed-out')
  return state
}
