'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { revokeApiKey } from '@/lib/auth/api-keys'
import { createInvitation, revokeInvitation } from '@/lib/auth/invitations'
import { changeRole, disableUser, enableUser, signOutUser } from '@/lib/auth/manage-users'
import { sendPasswordReset } from '@/lib/auth/password-reset'
import { requireAdmin } from '@/lib/auth/session'
import type { Viewer } from '@/lib/auth/viewer'
import { notFound } from '@/lib/errors/app-error'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { removalWays } from '@/lib/jobs/types/maintenance'
import { requestRemoval } from '@/lib/users/removal'

/** Invites an address; the answer carries the link, this once. */
export async function invite(_state: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAdmin()
  let link: string | undefined
  const state = await submit(form, async () => {
    const { email = '', role } = formValues(form)
    const invitation = await createInvitation(admin, {
      email,
      role: role === 'admin' ? 'ADMIN' : 'USER',
    })
    link = invitation.url
    revalidatePath('/admin/users')
    return invitation.mailed ? 'mailed' : undefined
  })
  return link ? { ...state, secret: link } : state
}

/** Ends an invitation. */
export async function uninvite(_state: FormState, form: FormData): Promise<FormState> {
  return change(form, revokeInvitation, 'The invitation no longer works.')
}

export async function makeAdmin(_state: FormState, form: FormData): Promise<FormState> {
  const work = (admin: Viewer, id: string) => changeRole(admin, id, 'ADMIN')
  return change(form, work, 'They are an admin now.')
}

export async function makeUser(_state: FormState, form: FormData): Promise<FormState> {
  const work = (admin: Viewer, id: string) => changeRole(admin, id, 'USER')
  return change(form, work, 'They are an ordinary user now.')
}

/** Locks somebody out. */
export async function disable(_state: FormState, form: FormData): Promise<FormState> {
  return change(form, disableUser, 'The account is disabled.')
}

/** Lets somebody in again. */
export async function enable(_state: FormState, form: FormData): Promise<FormState> {
  return change(form, enableUser, 'The account is enabled.')
}

/** Mails somebody a link to choose a new password. */
export async function sendReset(_state: FormState, form: FormData): Promise<FormState> {
  return change(form, sendPasswordReset, 'The link is on its way. It works once, for 30 minutes.')
}

/** Ends somebody's sessions. */
export async function signOut(_state: FormState, form: FormData): Promise<FormState> {
  return change(form, signOutUser, 'Every session of theirs has ended.')
}

/** Ends somebody's API key. */
export async function revokeKey(_state: FormState, form: FormData): Promise<FormState> {
  return change(form, revokeApiKey, 'The key is revoked.')
}

/** Removes somebody, or what is personal about them; leads to the job that does it. */
export async function remove(_state: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAdmin()
  let jobId: string | undefined
  const state = await submit(form, async () => {
    const { id = '', way: asked, email = '' } = formValues(form)
    const way = removalWays.find((each) => each === asked)
    if (!way) throw notFound('This way to remove an account')
    jobId = (await requestRemoval(admin, id, { way, email })).jobId
    revalidatePath('/admin/users', 'layout')
    return undefined
  })
  if (jobId) redirect(`/jobs/${jobId}`)
  return state
}

async function change(
  form: FormData,
  work: (admin: Viewer, id: string) => Promise<void>,
  message: string,
): Promise<FormState> {
  const admin = await requireAdmin()
  return submit(form, async () => {
    await work(admin, formValues(form).id ?? '')
    revalidatePath('/admin/users', 'layout')
    return message
  })
}
