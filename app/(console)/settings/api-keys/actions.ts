'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import { createApiKey, revokeApiKey } from '@/lib/auth/api-keys'

const PAGE = '/settings/api-keys'
const DAY_MS = 24 * 60 * 60 * 1000

/** Creates a key; the answer carries it, this once. */
export const createKey = formAction(requireViewer, async (viewer, { name = '', days }, form) => {
  const scopes = form.getAll('scopes').map(String)
  const expiresAt = Number(days) > 0 ? new Date(Date.now() + Number(days) * DAY_MS) : null
  const { key } = await createApiKey(viewer, { name, scopes, expiresAt })
  revalidatePath(PAGE)
  return { secret: key }
})

/** Ends a key. */
export const revokeKey = formAction(requireViewer, async (viewer, { id = '' }) => {
  await revokeApiKey(viewer, id)
  revalidatePath(PAGE)
  return undefined
})
