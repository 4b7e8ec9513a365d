import { validate as isUuid } from 'uuid'
import { findInvitation, invitationUrl } from '@/lib/auth/invitation-links'
import { invitationToken, resetUrl } from '@/lib/auth/reset-token'
import { prisma } from '@/lib/db/prisma'
import { permanentError } from '@/lib/jobs/job-error'
import type { TemplateName } from '@/lib/mail/template-names'
import type { Variables } from '@/lib/mail/variables'

type Mail = { to: string; template: TemplateName; variables: Variables }

/**
 * The link to an account that a mail brings, made from the id its job carries, and for the account's
 * own address only: whoever can write a job must not have somebody's link sent elsewhere. None where
 * the job names no id; the mail then says where to ask.
 * @throws {JobError} permanent, when the link would not work (any more)
 */
export async function accountLink({
  to,
  template,
  variables: { resetId, invitationId },
}: Mail): Promise<{ resetUrl?: string; invitationUrl?: string }> {
  const email = to.toLowerCase()
  if (template === 'password-reset' && isId(resetId)) {
    await requireReset(resetId, email)
    return { resetUrl: resetUrl(resetId) }
  }
  if (template === 'invitation' && isId(invitationId)) {
    await requireInvitation(invitationId, email)
    return { invitationUrl: invitationUrl(invitationId) }
  }
  return {}
}

async function requireReset(id: string, email: string): Promise<void> {
  const user = { email, disabledAt: null }
  const where = { id, usedAt: null, expiresAt: { gt: new Date() }, user }
  if ((await prisma().passwordReset.count({ where })) > 0) return
  throw permanentError(
    'reset_link_over',
    'The link was used, replaced or has expired, so this mail was not sent.',
  )
}

async function requireInvitation(id: string, email: string): Promise<void> {
  if ((await findInvitation(invitationToken(id)))?.email === email) return
  throw permanentError(
    'invitation_over',
    'The invitation was accepted, revoked, replaced or has expired, so this mail was not sent.',
  )
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && isUuid(value)
}
