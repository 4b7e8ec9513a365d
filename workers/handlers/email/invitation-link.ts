import { validate as isUuid } from 'uuid'
import { findInvitation, invitationUrl } from '@/lib/auth/invitation-links'
import { invitationToken } from '@/lib/auth/reset-token'
import { permanentError } from '@/lib/jobs/job-error'
import type { Variables } from '@/lib/mail/variables'

/**
 * The link of an invitation, made from the id its job carries. It goes to the invited address only.
 * @returns undefined when the job names no invitation; the mail then leads to the sign-up
 * @throws {JobError} permanent, when the link would not work (any more)
 */
export async function invitationLink({
  to,
  variables,
}: {
  to: string
  variables: Variables
}): Promise<string | undefined> {
  const { invitationId } = variables
  if (typeof invitationId !== 'string' || !isUuid(invitationId)) return undefined
  const invitation = await findInvitation(invitationToken(invitationId))
  if (invitation?.email !== to.toLowerCase()) {
    throw permanentError(
      'invitation_over',
      'The invitation was accepted, revoked, replaced or has expired, so this mail was not sent.',
    )
  }
  return invitationUrl(invitationId)
}
