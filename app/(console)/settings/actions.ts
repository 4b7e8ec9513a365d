'use server'

import { revalidatePath } from 'next/cache'
import { changePassword, rename, setNotifyByMail } from '@/app/_server/auth/account'
import { requireViewer } from '@/app/_server/auth/session'
import { startSession } from '@/app/_server/auth/start-session'
import { formAction } from '@/app/_server/forms/form-state'

export const changeName = formAction(requireViewer, async (viewer, { name = '' }) => {
  await rename(viewer, { name: name })
  revalidatePath('/', 'layout')
  return 'Your name is saved.'
})

export const changeNotifications = formAction(requireViewer, async (viewer, _values, form) => {
  const byMail = form.has('notifyByMail')
  await setNotifyByMail(viewer, byMail)
  revalidatePath('/settings')
  return byMail ? 'You will hear by mail too.' : 'You will hear in the console only.'
})

export const changeOwnPassword = formAction(
  requireViewer,
  async (viewer, { current = '', password = '' }) => {
    await startSession(await changePassword(viewer, { current, password }))
    return 'Your password is changed. Other browsers are signed out.'
  },
)
