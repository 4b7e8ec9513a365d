'use server'

import { revalidatePath } from 'next/cache'
import { createApiKey, revokeApiKey } from '@/lib/auth/api-keys'
import { requireViewer } from '@/lib/auth/session'
import { type FormState, formValues, submit } from '@/lib/http/form-state'

const PAGE = '/settings/api-keys'
const DAY_MS = 24 * 60 * 60 * 1000

/** Creates a key; the answer carries it, this once. */
export async function createKey(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  let secret: string | undefined
  const state = await submit(form, async () => {
    const { name = '', days } = formValues(form)
    const scopes = form.getAll('scopes').map(String)
    const expiresAt = Number(days) > 0 ? new Date(Date.now() + Number(days) * DAY_MS) : null
    secret = (await createApiKey(viewer, { name, scopes, expiresAt })).key
    revalidatePath(PAGE)
    return undefined
  })
  return secret ? { ...state, secret } : state
}

/** Ends a key. */
export async function revokeKey(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await revokeApiKey(viewer, formValues(form).id ?? '')
    revalidatePath(PAGE)
    return undefined
  })
}
