'use server'

import { revalidatePath } from 'next/cache'
import { changePassword, rename, setNotifyByMail } from '@/lib/auth/account'
import { requireViewer } from '@/lib/auth/session'
import { startSession } from '@/lib/auth/start-session'
import { type FormState, formValues, submit } from '@/lib/http/form-state'

export async function changeName(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await rename(viewer, { name: formValues(form).name ?? '' })
    revalidatePath('/', 'layout')
    return 'Your name is saved.'
  })
}

export async function changeNotifications(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const byMail = form.has('notifyByMail')
    await setNotifyByMail(viewer, byMail)
    revalidatePath('/settings')
    return byMail ? 'You will hear by mail too.' : 'You will hear in the console only.'
  })
}

export async function changeOwnPassword(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  const { current = '', password = '' } = formValues(form)
  return submit(form, async () => {
    await startSession(await changePassword(viewer, { current, password }))
    return 'Your password is changed. Other browsers are signed out.'
  })
}
