'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/lib/auth/session'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { markRead } from '@/lib/notifications/read'

/** Marks one notification as read. */
export async function markOneRead(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await markRead(viewer, formValues(form).id ?? '')
    revalidatePath('/', 'layout')
    return undefined
  })
}

/** Marks all of the viewer's notifications as read. */
export async function markAllRead(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await markRead(viewer)
    revalidatePath('/', 'layout')
    return undefined
  })
}

/** Marks a notification as read because its link was followed. */
export async function markSeen(id: string): Promise<void> {
  await markRead(await requireViewer(), String(id))
}
