'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireAdmin } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import type { Viewer } from '@/lib/access/viewer'
import { revokeApiKey } from '@/lib/auth/api-keys'
import { createInvitation, revokeInvitation } from '@/lib/auth/invitations'
import { changeRole, disableUser, enableUser, signOutUser } from '@/lib/auth/manage-users'
import { sendPasswordReset } from '@/lib/auth/password-reset'
import { notFound } from '@/lib/errors/app-error'
import { removalWays } from '@/lib/jobs/types/maintenance'
import { requestRemoval } from '@/lib/users/removal'

/** Invites an address; the answer carries the link, this once. */
export const invite = formAction(requireAdmin, async (admin, { email = '', role }) => {
  const invitation = await createInvitation(admin, {
    email,
    role: role === 'admin' ? 'ADMIN' : 'USER',
  })
  revalidatePath('/admin/users')
  return { secret: invitation.url, ...(invitation.mailed ? { message: 'mailed' } : {}) }
})

/** Ends an invitation. */
export const uninvite = change(revokeInvitation, 'The invitation no longer works.')

export const makeAdmin = change(
  (admin: Viewer, id: string) => changeRole(admin, id, 'ADMIN'),
  'They are an admin now.',
)

export const makeUser = change(
  (admin: Viewer, id: string) => changeRole(admin, id, 'USER'),
  'They are an ordinary user now.',
)

/** Locks somebody out. */
export const disable = change(disableUser, 'The account is disabled.')

/** Lets somebody in again. */
export const enable = change(enableUser, 'The account is enabled.')

/** Mails somebody a link to choose a new password. */
export const sendReset = change(
  sendPasswordReset,
  'The link is on its way. It works once, for 30 minutes.',
)

/** Ends somebody's sessions. */
export const signOut = change(signOutUser, 'Every session of theirs has ended.')

/** Ends somebody's API key. */
export const revokeKey = change(revokeApiKey, 'The key is revoked.')

/** Removes somebody, or what is personal about them; leads to the job that does it. */
export const remove = formAction(
  requireAdmin,
  async (admin, { id = '', way: asked, email = '' }) => {
    const way = removalWays.find((each) => each === asked)
    if (!way) throw notFound('This way to remove an account')
    const { jobId } = await requestRemoval(admin, id, { way, email })
    revalidatePath('/admin/users', 'layout')
    redirect(`/jobs/${jobId}`)
  },
)

function change(work: (admin: Viewer, id: string) => Promise<void>, message: string) {
  return formAction(requireAdmin, async (admin, { id = '' }) => {
    await work(admin, id)
    revalidatePath('/admin/users', 'layout')
    return message
  })
}
