'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import { markRead } from '@/app/_server/notifications/read'

/** Marks one notification as read, or those that are alike. */
export const markTheseRead = formAction(requireViewer, async (viewer, { ids = '' }) => {
  await markRead(viewer, ids.split(' '))
  revalidatePath('/', 'layout')
  return undefined
})

/** Marks all of the viewer's notifications as read. */
export const markAllRead = formAction(requireViewer, async (viewer) => {
  await markRead(viewer)
  revalidatePath('/', 'layout')
  return undefined
})

/** Marks a notification as read because its link was followed. */
export async function markSeen(id: string): Promise<void> {
  await markRead(await requireViewer(), [String(id)])
}
